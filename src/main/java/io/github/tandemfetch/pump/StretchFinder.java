package io.github.tandemfetch.pump;

import io.github.tandemfetch.pump.Stretch.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Cuts a pump's log into {@link Stretch}es at everything that moved its clock. */
final class StretchFinder {
    /** A step back of less than this is two events whose stamps crossed, and not a clock that was moved. */
    private static final long CROSSED_STAMPS = 10 * WallMillis.MINUTE;

    /** A log that goes on this soon after it started over was kept by a clock that ran on. */
    private static final long RESTART = 30 * WallMillis.MINUTE;

    private static final long ROUNDING = 2 * WallMillis.SECOND;

    /** Silences in the days around a skipped hour beyond which the log is taken for one that is often silent. */
    private static final int FEW_SILENCES = 3;

    private final LegalTime legalTime;
    private final List<Stretch> stretches = new ArrayList<>();

    StretchFinder(LegalTime legalTime) {
        this.legalTime = legalTime;
    }

    /** All stretches in the order of the log. To be called once. */
    List<Stretch> find(ClockEvidence evidence) {
        Map<Long, Group> groups = new TreeMap<>();
        for (LogSpan span : evidence.spans()) {
            groups.computeIfAbsent(span.group(), Group::new).span = span;
        }
        for (ClockChange change : evidence.changes()) {
            Group group = groups.computeIfAbsent(change.position().group(), Group::new);
            group.changes.put(change.position().number(), change);
        }
        for (LogStep step : evidence.steps()) {
            groups.computeIfAbsent(step.group(), Group::new).steps.add(step);
        }
        groups.values().forEach(group -> new Walk(group).walk());
        return stretches;
    }

    private static final class Group {
        private final long number;
        private final Map<Long, ClockChange> changes = new HashMap<>();
        private final List<LogStep> steps = new ArrayList<>();
        private LogSpan span;

        Group(long number) {
            this.number = number;
        }
    }

    /** Goes through one group from its first event to its last. */
    private final class Walk {
        private final Group group;
        private Stretch current;
        private long lastWall;

        Walk(Group group) {
            this.group = group;
        }

        void walk() {
            group.steps.sort(Comparator.comparingLong(LogStep::numberAfter));
            passOverStrayStamps();
            List<ClockChange> pending = new ArrayList<>(group.changes.values());
            pending.sort(Comparator.comparing(ClockChange::position));
            boolean beginsWithChange = group.span == null
                    || !pending.isEmpty() && pending.get(0).position().number() <= group.span.firstNumber();
            if (!beginsWithChange) {
                begin(group.span.firstNumber(), WallMillis.of(group.span.firstWall()));
            }
            int next = 0;
            for (LogStep step : group.steps) {
                while (next < pending.size() && pending.get(next).position().number() < step.numberAfter()) {
                    take(pending.get(next++), null);
                }
                boolean toChange =
                        next < pending.size() && pending.get(next).position().number() == step.numberAfter();
                if (toChange) {
                    take(pending.get(next++), wallBefore(step));
                } else if (step.wallAfter() != null) {
                    step(wallBefore(step), WallMillis.of(step.wallAfter()), step.numberAfter());
                }
            }
            while (next < pending.size()) {
                take(pending.get(next++), null);
            }
            if (current != null) {
                if (group.span != null && group.span.lastNumber() >= current.firstNumber()) {
                    lastWall = Math.max(lastWall, WallMillis.of(group.span.lastWall()));
                }
                stretches.add(current.endingAt(lastWall));
            }
        }

        /**
         * A single event whose stamp lies days away from those on both sides, which go on as if it were not there, says
         * nothing of the clock: taken for a step of it, it would move everything before.
         */
        private void passOverStrayStamps() {
            for (int i = group.steps.size() - 1; i > 0; i--) {
                LogStep to = group.steps.get(i - 1);
                LogStep from = group.steps.get(i);
                if (to.numberAfter() == from.numberBefore() && isStray(to, from)) {
                    group.steps.subList(i - 1, i + 1).clear();
                    i--;
                }
            }
        }

        private boolean isStray(LogStep to, LogStep from) {
            if (to.changes() || from.changes() || to.wallBefore() == null || from.wallAfter() == null) {
                return false;
            }
            long before = WallMillis.of(to.wallBefore());
            long stray = WallMillis.of(to.wallAfter());
            long after = WallMillis.of(from.wallAfter());
            return !Stretch.isLost(before)
                    && !Stretch.isLost(stray)
                    && after >= before
                    && Math.abs(stray - before) > WallMillis.DAY
                    && Math.abs(stray - after) > WallMillis.DAY
                    && (stray > after || stray < before);
        }

        /** The wall clock at the step's first event; a change's own stamp may be off, what it left behind counts. */
        private Long wallBefore(LogStep step) {
            boolean fromChange = group.changes.containsKey(step.numberBefore());
            return fromChange || step.wallBefore() == null ? null : WallMillis.of(step.wallBefore());
        }

        private void begin(long firstNumber, long wall) {
            Link link = stretches.isEmpty() || !runsOn(wall) ? Link.LOG_START : Link.LOG_RESTART;
            current = new Stretch(group.number, firstNumber, link, 0, null, wall, wall);
            lastWall = wall;
        }

        private boolean runsOn(long wall) {
            long silence = wall - stretches.get(stretches.size() - 1).wallEnd();
            return silence >= 0 && silence <= RESTART;
        }

        private void next(Stretch stretch) {
            stretches.add(current.endingAt(lastWall));
            current = stretch;
            lastWall = stretch.wallStart();
        }

        /** Looks at two neighbours between which no change was announced. */
        private void step(Long knownBefore, long after, long numberAfter) {
            if (current == null) {
                begin(numberAfter, after);
                return;
            }
            long before = knownBefore == null ? lastWall : knownBefore;
            lastWall = before;
            Link link = unannounced(before, after);
            if (link != null) {
                long delta = link == Link.AUTOMATIC ? legalTime.jumpBetween(before, after) : 0;
                next(new Stretch(group.number, numberAfter, link, delta, null, after, after));
            }
            lastWall = after;
        }

        private Link unannounced(long before, long after) {
            boolean back = after < before - CROSSED_STAMPS;
            if (Stretch.isLost(after)) {
                return back ? Link.CLOCK_LOST : null;
            }
            if (Stretch.isLost(before)) {
                return Link.UNANNOUNCED;
            }
            if (legalTime.jumpBetween(before, after) != 0 && (back || isSeldomSilent(before))) {
                return Link.AUTOMATIC;
            }
            return back ? Link.UNANNOUNCED : null;
        }

        /** A silence that fits the hour that the rule skips tells something only where silences are few. */
        private boolean isSeldomSilent(long wall) {
            return group.steps.stream()
                            .filter(step -> !step.changes() && step.wallBefore() != null)
                            .filter(step -> Math.abs(WallMillis.of(step.wallBefore()) - wall) < 2 * WallMillis.DAY)
                            .count()
                    <= FEW_SILENCES;
        }

        private void take(ClockChange change, Long wallJustBefore) {
            if (wallJustBefore != null) {
                lastWall = wallJustBefore;
            }
            long number = change.position().number();
            long firstNumber = change.isStampedBefore() ? number + 1 : number;
            OptionalLong announced = change.deltaMillis();
            if (announced.isEmpty()) {
                takeIncomplete(change, firstNumber);
                return;
            }
            long delta = announced.getAsLong();
            if (!change.hasStamp()) {
                if (current != null) {
                    next(new Stretch(
                            group.number, firstNumber, Link.CHANGE, delta, change, lastWall + delta, lastWall + delta));
                }
                return;
            }
            if (current == null) {
                begin(number, change.wallBefore());
            }
            delta = withDate(change, delta);
            long before = change.wallAfter() - delta;
            step(null, before, number);
            next(new Stretch(
                    group.number, firstNumber, Link.CHANGE, delta, change, change.wallAfter(), change.wallAfter()));
        }

        /** A change of unknown size: nothing if the stamps go on as if there were none. */
        private void takeIncomplete(ClockChange change, long firstNumber) {
            if (!change.hasStamp()) {
                return;
            }
            long shown = change.wallAfter();
            if (current == null) {
                begin(firstNumber, shown);
                return;
            }
            Link link = Stretch.isLost(shown) && !Stretch.isLost(lastWall) ? Link.CLOCK_LOST : Link.UNANNOUNCED;
            next(new Stretch(group.number, firstNumber, link, 0, change, shown, shown));
        }

        /**
         * A time of day that was moved across midnight belongs to another date. Where the change of date is not in the
         * log, the event before tells: a whole day of silence exactly there is the less likely reading.
         */
        private long withDate(ClockChange change, long delta) {
            if (change.kind() != ClockChange.Kind.TIME || current.isLost()) {
                return delta;
            }
            long silence = change.wallAfter() - delta - lastWall;
            for (long days = -1; days <= 1; days += 2) {
                long other = silence - days * WallMillis.DAY;
                boolean strange = silence < -ROUNDING || silence >= WallMillis.DAY - ROUNDING;
                if (strange && other >= -ROUNDING && other <= WallMillis.HOUR) {
                    return delta + days * WallMillis.DAY;
                }
            }
            return delta;
        }
    }
}
