package io.github.tandemfetch.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The counts and dates of each day, so that any window of a history can be rendered without keeping it. Immutable; a
 * later upload creates a longer one.
 */
final class HistoryIndex {
    /** Timestamps before this second are of a pump that restarted in 2008 with a lost clock. */
    private static final long LOST_CLOCK_BEFORE = ClockPlan.PUMP_EPOCH_SECONDS + 366L * 86_400;

    private static final int DAY_SECONDS = 86_400;
    private static final int FIELDS = 5;

    private final int days;
    private final long events;
    private final long firstWall;
    private final long lastWall;
    private final long lastTrueMillis;
    /** Per day: events before it, then first and last date of the clock, then the same of a lost clock. */
    private final long[] rows;

    private final List<ClockChange> clockChanges;
    private final int eventsOfLastDay;

    /**
     * One clock change of the history.
     *
     * @param day the day of the history
     * @param position its position among that day's events
     * @param ordinal its position among all clock changes
     */
    record ClockChange(int day, int position, int ordinal) {}

    private HistoryIndex(
            long events,
            long firstWall,
            long lastWall,
            long lastTrueMillis,
            long[] rows,
            List<ClockChange> clockChanges,
            int eventsOfLastDay) {
        this.days = rows.length / FIELDS;
        this.events = events;
        this.firstWall = firstWall;
        this.lastWall = lastWall;
        this.lastTrueMillis = lastTrueMillis;
        this.rows = rows;
        this.clockChanges = List.copyOf(clockChanges);
        this.eventsOfLastDay = eventsOfLastDay;
    }

    static HistoryIndex empty() {
        return new HistoryIndex(0, Long.MIN_VALUE, Long.MIN_VALUE, 0, new long[0], List.of(), 0);
    }

    /** The index of the same history with more days. */
    HistoryIndex extendedBy(int more, DayGenerator generator) {
        return extendedBy(more, generator, Long.MAX_VALUE);
    }

    /** The same, without the events from a moment on, within the last day. */
    HistoryIndex extendedBy(int more, DayGenerator generator, long endMillis) {
        long[] newRows = Arrays.copyOf(rows, (days + more) * FIELDS);
        List<ClockChange> changes = new ArrayList<>(clockChanges);
        long count = events;
        long first = firstWall;
        long last = lastWall;
        long lastTrue = lastTrueMillis;
        int shown = eventsOfLastDay;
        for (int day = days; day < days + more; day++) {
            EventLog log = generator.generate(day);
            int row = day * FIELDS;
            newRows[row] = count;
            newRows[row + 1] = Long.MAX_VALUE;
            newRows[row + 2] = Long.MIN_VALUE;
            newRows[row + 3] = Long.MAX_VALUE;
            newRows[row + 4] = Long.MIN_VALUE;
            shown = before(endMillis, log);
            for (int i = 0; i < shown; i++) {
                long wall = log.wallSeconds(i);
                int column = row + (wall < LOST_CLOCK_BEFORE ? 3 : 1);
                newRows[column] = Math.min(newRows[column], wall);
                newRows[column + 1] = Math.max(newRows[column + 1], wall);
                if (isClockChange(log.code(i))) {
                    changes.add(new ClockChange(day, i, changes.size()));
                }
                first = first == Long.MIN_VALUE ? wall : first;
                last = Math.max(last, wall);
                lastTrue = log.trueMillis(i);
            }
            for (int column = row + 1; column < row + FIELDS; column++) {
                if (newRows[column] != Long.MAX_VALUE && newRows[column] != Long.MIN_VALUE) {
                    newRows[column] = Math.floorDiv(newRows[column], (long) DAY_SECONDS);
                }
            }
            count += shown;
        }
        return new HistoryIndex(count, first, last, lastTrue, newRows, changes, shown);
    }

    private static int before(long endMillis, EventLog log) {
        int shown = log.size();
        while (shown > 0 && log.trueMillis(shown - 1) >= endMillis) {
            shown--;
        }
        return shown;
    }

    /** How many of a day's events have been uploaded. */
    int shown(int day, EventLog log) {
        return day == days - 1 ? eventsOfLastDay : log.size();
    }

    static boolean isClockChange(int code) {
        return code == ClockPlan.TIME_CHANGED || code == ClockPlan.DATE_CHANGED;
    }

    int days() {
        return days;
    }

    long events() {
        return events;
    }

    long eventsBefore(int day) {
        return day < days ? rows[day * FIELDS] : events;
    }

    /** Whether any event of the day is stamped between two dates (epoch days, inclusive). */
    boolean touches(int day, long fromDate, long toDate) {
        int row = day * FIELDS;
        return rows[row + 1] <= toDate && rows[row + 2] >= fromDate
                || rows[row + 3] <= toDate && rows[row + 4] >= fromDate;
    }

    /** The first event's stamp, in seconds of the Unix epoch read as UTC. */
    long firstWall() {
        return firstWall;
    }

    /** The highest stamp, in seconds of the Unix epoch read as UTC. */
    long lastWall() {
        return lastWall;
    }

    long lastTrueMillis() {
        return lastTrueMillis;
    }

    List<ClockChange> clockChanges() {
        return clockChanges;
    }
}
