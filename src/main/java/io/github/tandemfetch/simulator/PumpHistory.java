package io.github.tandemfetch.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** One pump's generated history: indexed at the start, generated again day by day whenever it is read. */
final class PumpHistory {
    private final String assignmentId;
    private final PumpProfile profile;
    private final ClockPlan clock;
    private HistoryIndex wholeDays;
    private volatile HistoryIndex index;

    PumpHistory(String assignmentId, PumpProfile profile) {
        this.assignmentId = assignmentId;
        this.profile = profile;
        clock = ClockPlan.of(profile);
        wholeDays = HistoryIndex.empty().extendedBy(profile.plannedDays(), DayGenerator.counting(profile, clock));
        index = wholeDays;
    }

    synchronized void upload(int moreDays) {
        wholeDays = wholeDays.extendedBy(moreDays, DayGenerator.counting(profile, clock));
        index = wholeDays;
    }

    /** Uploads the events before a moment. */
    synchronized void uploadUntil(Instant end) {
        while (profile.dayStart(wholeDays.days() + 1) <= end.getEpochSecond()) {
            upload(1);
        }
        if (profile.dayStart(wholeDays.days()) < end.getEpochSecond()) {
            index = wholeDays.extendedBy(1, DayGenerator.counting(profile, clock), end.toEpochMilli());
        }
    }

    /** When the last whole day ended. */
    synchronized Instant end() {
        return Instant.ofEpochSecond(profile.dayStart(wholeDays.days()));
    }

    HistoryIndex index() {
        return index;
    }

    String assignmentId() {
        return assignmentId;
    }

    DayGenerator generator() {
        return DayGenerator.whole(profile, clock);
    }

    int groupOf(int day) {
        return profile.groupOf(day);
    }

    /** The sequence number of a day's first event. */
    long firstNumber(HistoryIndex at, int day) {
        if (profile.groupOf(day) == 1) {
            return 1 + at.eventsBefore(day) - at.eventsBefore(profile.restartDay());
        }
        return profile.firstSequenceNumber() + at.eventsBefore(day);
    }

    /** Every second clock change is only in {@code clockChanges}. */
    static boolean isOnlyAmongClockChanges(int ordinal) {
        return ordinal % 2 == 1;
    }

    /** The events stamped between two dates, both inclusive, in sequence order. */
    Iterator<SimulatedEvent> events(LocalDate from, LocalDate to) {
        return new Walk(from.toEpochDay(), to.toEpochDay());
    }

    private SimulatedEvent event(HistoryIndex at, EventLog log, int day, int position, int ordinal) {
        JsonText text = new JsonText(512);
        long number = firstNumber(at, day) + position;
        new EventText(assignmentId, false).append(text, log, position, groupOf(day), number);
        long reading = log.readingMillis(position);
        return new SimulatedEvent(
                new SimulatedEvent.Position(groupOf(day), number),
                log.code(position),
                Instant.ofEpochMilli(log.trueMillis(position)),
                LocalDateTime.ofEpochSecond(log.wallSeconds(position), 0, ZoneOffset.UTC),
                reading == Long.MIN_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(reading)),
                ordinal >= 0 && isOnlyAmongClockChanges(ordinal),
                text.text(0));
    }

    List<SimulatedEvent> clockChanges() {
        HistoryIndex at = index;
        DayGenerator generator = generator();
        List<SimulatedEvent> changes = new ArrayList<>();
        for (HistoryIndex.ClockChange change : at.clockChanges()) {
            changes.add(event(at, generator.generate(change.day()), change.day(), change.position(), change.ordinal()));
        }
        return changes;
    }

    private final class Walk implements Iterator<SimulatedEvent> {
        private final HistoryIndex at = index;
        private final DayGenerator generator = generator();
        private final long fromDate;
        private final long toDate;
        private int day = -1;
        private int position;
        private int clockChangesSeen;
        private EventLog log;
        private SimulatedEvent next;

        Walk(long fromDate, long toDate) {
            this.fromDate = fromDate;
            this.toDate = toDate;
            advance();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public SimulatedEvent next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            SimulatedEvent result = next;
            advance();
            return result;
        }

        private void advance() {
            next = null;
            while (next == null) {
                while (log == null || position == at.shown(day, log)) {
                    if (!openNextDay()) {
                        return;
                    }
                }
                int here = position++;
                int ordinal = HistoryIndex.isClockChange(log.code(here)) ? clockChangesSeen++ : -1;
                long date = Math.floorDiv(log.wallSeconds(here), 86_400L);
                if (date >= fromDate && date <= toDate) {
                    next = event(at, log, day, here, ordinal);
                }
            }
        }

        private boolean openNextDay() {
            do {
                day++;
                if (day >= at.days()) {
                    return false;
                }
            } while (!at.touches(day, fromDate, toDate));
            int opened = day;
            clockChangesSeen = (int) at.clockChanges().stream()
                    .filter(change -> change.day() < opened)
                    .count();
            log = generator.generate(day);
            position = 0;
            return true;
        }
    }
}
