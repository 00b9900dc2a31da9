package io.github.tandemfetch.pipeline;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A span of days that the service is asked for at once, both ends included.
 *
 * @param first the first day
 * @param last the last day
 */
public record FetchWindow(LocalDate first, LocalDate last) {
    /** The service answers windows of up to this many days. */
    public static final int MAX_DAYS = 28;

    /**
     * How many days the window spans.
     *
     * @return 1 to {@value #MAX_DAYS}
     */
    public long days() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /**
     * Whether a day lies in the window.
     *
     * @param day a day
     * @return true for both ends too
     */
    public boolean holds(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /**
     * Splits a span of days into windows. Each begins on the last day of the one before: whether the service counts
     * days in UTC or on the pump's clock is not known, and an event near midnight is in at least one of the two.
     *
     * @param first the first day
     * @param last the last day, not before the first
     * @return the windows in order, at least one
     */
    public static List<FetchWindow> covering(LocalDate first, LocalDate last) {
        return covering(first, last, MAX_DAYS);
    }

    /**
     * Splits a span of days into windows of a length. Windows of one day do not overlap.
     *
     * @param first the first day
     * @param last the last day, not before the first
     * @param days how many days a window may have, at least 1
     * @return the windows in order, at least one
     */
    static List<FetchWindow> covering(LocalDate first, LocalDate last, int days) {
        if (last.isBefore(first)) {
            throw new IllegalArgumentException("the last day " + last + " lies before the first " + first);
        }
        List<FetchWindow> windows = new ArrayList<>();
        LocalDate from = first;
        while (true) {
            LocalDate to = from.plusDays(days - 1L);
            if (!to.isBefore(last)) {
                windows.add(new FetchWindow(from, last));
                return windows;
            }
            windows.add(new FetchWindow(from, to));
            from = days == 1 ? to.plusDays(1) : to;
        }
    }
}
