package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.Stretch.Link;
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

    /** More events than this that go on from each other were stamped by a clock that somebody moved. */
    private static final int MOST_STRAYS = 50;

    private final LegalTime legalTime;
    private final List<StrayRun> strays = new ArrayList<>();
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

    /** The events that were passed over, in no order. */
    List<StrayRun> strays() {
        return strays;
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
         * A few events whose stamps lie days away from those on both sides, which go on as if they were not there, say
         * nothing of the clock: taken for a step of it, they would move everything before.
         */
        private void passOverStrayStamps() {
            for (int last = group.steps.size() - 1; last > 0; last--) {
                int first = beginOfStrays(last);
                if (first >= 0) {
                    List<LogStep> run = group.steps.subList(first, last + 1);
                    addStrays(run);
                    run.clear();
                    last = first;
                }
            }
        }

        /**
         * The step to the first of the strays that a step comes back from, of as many as there are: two that stray to
         * different sides would else be taken for one of them between the other and what follows.
         *
         * @return -1 where it does not come back from any
         */
        private int beginOfStrays(int last) {
            LogStep from = group.steps.get(last);
            int begin = -1;
            for (int first = last - 1; first >= 0; first--) {
                LogStep to = group.steps.get(first);
                if (to.changes() || from.numberBefore() - to.numberAfter() >= MOST_STRAYS) {
                    break;
                }
                if (areStray(to, group.steps.subList(first + 1, last), from)) {
                    begin = first;
                }
            }
            return begin;
        }

        private boolean areStray(LogStep to, List<LogStep> within, LogStep from) {
            if (from.changes() || to.wallBefore() == null || from.wallAfter() == null || from.wallBefore() == null) {
                return false;
            }
            long before = WallMillis.of(to.wallBefore());
            long after = WallMillis.of(from.wallAfter());
            boolean single = to.numberAfter() == from.numberBefore();
            return !Stretch.isLost(before)
                    && after >= before
                    && (single || after - before <= WallMillis.DAY)
                    && isStray(WallMillis.of(to.wallAfter()), before, after)
                    && isStray(WallMillis.of(from.wallBefore()), before, after)
                    && within.stream()
                            .allMatch(step -> !step.changes()
                                    && isStray(WallMillis.of(step.wallBefore()), before, after)
                                    && isStray(WallMillis.of(step.wallAfter()), before, after));
        }

        private boolean isStray(long stamp, long before, long after) {
            return !Stretch.isLost(stamp)
                    && Math.abs(stamp - before) > WallMillis.DAY
                    && Math.abs(stamp - after) > WallMillis.DAY
                    && (stamp > after || stamp < before);
        }

        /** Stamps that go on from each other are one run; where they leap, another begins. */
        private void addStrays(List<LogStep> steps) {
            LogStep from = steps.get(steps.size() - 1);
            for (int i = 0; i + 1 < steps.size(); i++) {
                LogStep to = steps.get(i);
                LogStep next = steps.get(i + 1);
                strays.add(new StrayRun(
                        group.number,
                        to.numberAfter(),
                        next.numberBefore(),
                        WallMillis.of(to.wallAfter()),
                        WallMillis.of(next.wallBefore()),
                        WallMillis.of(steps.get(0).wallBefore()),
                        from.numberAfter(),
                        WallMillis.of(from.wallAfter())));
            }
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

        /** Looks at two neighbors between which no change was announced. */
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
