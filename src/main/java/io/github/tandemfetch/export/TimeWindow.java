package io.github.tandemfetch.export;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows of a stretch of time, or those whose time is unknown.
 *
 * @param from the first instant, or null for no bound
 * @param before the instant after the last, or null for no bound
 * @param unknown whether the rows wanted are those without a time; there are no bounds then
 */
record TimeWindow(OffsetDateTime from, OffsetDateTime before, boolean unknown) {
    static final TimeWindow UNKNOWN = new TimeWindow(null, null, true);

    static TimeWindow of(DateRange days) {
        return new TimeWindow(
                days.start() == null ? null : midnight(days.start()),
                days.end() == null ? null : midnight(days.end().plusDays(1)),
                false);
    }

    /** The part of this window that lies between two days; the second is no part of it. */
    TimeWindow within(LocalDate first, LocalDate next) {
        OffsetDateTime start = midnight(first);
        OffsetDateTime end = midnight(next);
        return new TimeWindow(
                from == null || from.isBefore(start) ? start : from,
                before == null || before.isAfter(end) ? end : before,
                false);
    }

    String condition(String timeColumn) {
        if (unknown) {
            return timeColumn + " IS NULL";
        }
        String lower = from == null ? "" : timeColumn + " >= $start_date";
        String upper = before == null ? "" : timeColumn + " < $day_after_end_date";
        return lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " AND " + upper;
    }

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        if (from != null) {
            values.put("start_date", from);
        }
        if (before != null) {
            values.put("day_after_end_date", before);
        }
        return values;
    }

    private static OffsetDateTime midnight(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
