package io.github.tandemfetch.domain;

import io.github.tandemfetch.domain.CgmReadingTable.CgmEvent;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the events whose value cannot be read, by pump and code. Holds a few numbers for each day, no events. */
final class UnreadableEvents {
    private static final int FEW = 3;

    private final Map<Kind, Count> counts =
            new TreeMap<>(Comparator.comparing(Kind::pump).thenComparing(Kind::code));

    private record Kind(String pump, int code) {}

    /**
     * The events of one code on one day.
     *
     * @param eventCode the code
     * @param day the day, pump clock; null for events without a readable stamp
     */
    record Day(String pumpSerial, int eventCode, LocalDate day) {}

    private static final class Count {
        private final Map<LocalDate, long[]> days = new HashMap<>();
        private long events;
        private SequencePosition first;
        private LocalDateTime firstTime;

        void add(LocalDate date, long looked, long unreadable) {
            long[] day = days.computeIfAbsent(date == null ? LocalDate.EPOCH : date, any -> new long[2]);
            day[0] += looked;
            day[1] += unreadable;
            events += unreadable;
        }

        void first(SequencePosition position, LocalDateTime time) {
            if (first == null || position.compareTo(first) < 0) {
                first = position;
                firstTime = time;
            }
        }

        boolean formatChanged() {
            return days.values().stream().anyMatch(day -> day[1] >= FEW && day[1] * 2 >= day[0]);
        }
    }

    /** Notes a glucose event. */
    void looked(CgmEvent event, boolean readable) {
        LocalDate date = event.loggedAt() == null ? null : event.loggedAt().toLocalDate();
        Day day = new Day(event.pumpSerial(), event.eventCode(), date);
        if (readable) {
            count(day).add(date, 1, 0);
        } else {
            found(day, 1, 1, new SequencePosition(event.sequenceGroup(), event.sequenceNumber()), event.loggedAt());
        }
    }

    /** Notes a day; one without an unreadable event need not be noted. */
    void found(Day day, long looked, long unreadable, SequencePosition first, LocalDateTime firstTime) {
        Count count = count(day);
        count.add(day.day(), looked, unreadable);
        count.first(first, firstTime);
    }

    private Count count(Day day) {
        return counts.computeIfAbsent(new Kind(day.pumpSerial(), day.eventCode()), any -> new Count());
    }

    /** What was found; nothing of pumps and codes of which every event can be read. */
    List<UnreadableKind> kinds() {
        List<UnreadableKind> kinds = new ArrayList<>();
        counts.forEach((kind, count) -> {
            if (count.events > 0) {
                kinds.add(new UnreadableKind(
                        kind.pump(),
                        kind.code(),
                        count.events,
                        count.first.group(),
                        count.first.number(),
                        count.firstTime,
                        count.formatChanged()));
            }
        });
        return kinds;
    }
}
