package io.github.tandemfetch.simulator;

import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a pump's clock shows at any true moment: true UTC plus an offset that changes only at {@link Setting}s. The plan
 * holds every oddity of real clocks: daylight saving done by hand hours or days late, travels, also to where clocks
 * differ by quarters of an hour, a clock set a few minutes wrong and corrected later, one set to noon for midnight, a
 * date set wrong for some hours, and a dead battery after which the clock starts over in
 * 2008 until it is set.
 *
 * <p>All times are milliseconds of the Unix epoch; offsets are milliseconds to add to true UTC.
 */
final class ClockPlan {
    /** Where the pump's clock begins: 2008-01-01T00:00:00, as seconds of the Unix epoch read as UTC. */
    static final long PUMP_EPOCH_SECONDS = 1_199_145_600L;

    static final int TIME_CHANGED = 13;
    static final int DATE_CHANGED = 14;

    private static final long DAY = 86_400_000L;
    private static final long HALF_DAY = 43_200_000L;
    private static final long HOUR = 3_600_000L;
    private static final long MINUTE = 60_000L;
    private static final int CYCLE_DAYS = 365;
    /** The days that later uploads may add to the planned length. */
    private static final int FURTHER_DAYS = 3650;

    private static final int SHORTEST_RICH_CYCLE = 100;
    private static final int SHORTEST_FULL_CYCLE = 20;
    private static final int SHORTEST_HALF_CYCLE = 8;
    private static final int SHORTEST_WITH_DEAD_BATTERY = 3;

    private final List<Setting> settings;
    private final long[] times;
    private final long[] offsets;
    private final long[][] silences;

    /**
     * One change of the clock.
     *
     * @param eventCode 13 (time), 14 (date) or 0 for an unannounced change
     */
    record Setting(long trueMillis, long offsetBefore, long offsetAfter, int eventCode) {}

    private record Step(long trueMillis, Kind kind, long value) {}

    private enum Kind {
        SET_TO_ZONE,
        TRAVEL,
        SET_WRONG,
        BATTERY_DIES
    }

    private ClockPlan(long firstOffset, List<Setting> settings, List<long[]> silences) {
        this.settings = List.copyOf(settings);
        this.silences = silences.toArray(long[][]::new);
        times = new long[settings.size() + 1];
        offsets = new long[settings.size() + 1];
        times[0] = Long.MIN_VALUE;
        offsets[0] = firstOffset;
        for (int i = 0; i < settings.size(); i++) {
            times[i + 1] = settings.get(i).trueMillis();
            offsets[i + 1] = settings.get(i).offsetAfter();
        }
    }

    static ClockPlan of(PumpProfile profile) {
        List<Step> steps = new ArrayList<>();
        daylightSaving(profile, steps);
        if (!profile.plainClock()) {
            int cycle = Math.min(profile.plannedDays(), CYCLE_DAYS);
            for (int first = 0; first + cycle <= profile.plannedDays(); first += cycle) {
                oddities(profile, first, cycle, steps);
            }
        }
        steps.sort(Comparator.comparingLong(Step::trueMillis));
        return new Walk(profile).through(steps);
    }

    private static void daylightSaving(PumpProfile profile, List<Step> steps) {
        SeededRandom random = profile.random(-1, "daylight saving");
        Instant at = Instant.ofEpochSecond(profile.dayStart(0));
        Instant end = Instant.ofEpochSecond(profile.dayStart(profile.plannedDays() + FURTHER_DAYS));
        boolean sameDay = random.chance(0.5);
        while (true) {
            ZoneOffsetTransition next = profile.zone().getRules().nextTransition(at);
            if (next == null || next.getInstant().isAfter(end)) {
                return;
            }
            at = next.getInstant();
            long late = 0;
            if (!profile.plainClock()) {
                late = sameDay
                        ? 13 * HOUR + random.between(0, 90) * MINUTE
                        : random.between(2, 6) * DAY + random.between(6, 16) * HOUR + random.between(0, 59) * MINUTE;
                late += random.between(0, 59) * 1000L;
                sameDay = !sameDay;
            }
            steps.add(new Step(at.toEpochMilli() + late, Kind.SET_TO_ZONE, 0));
        }
    }

    private static void oddities(PumpProfile profile, int first, int cycle, List<Step> steps) {
        SeededRandom random = profile.random(first, "clock");
        if (cycle >= SHORTEST_HALF_CYCLE) {
            int away = Math.max(1, Math.min(9, cycle / 12));
            trip(profile, random, first + (int) (cycle * 0.1), away, -3 * HOUR, steps);
        }
        if (cycle >= SHORTEST_WITH_DEAD_BATTERY) {
            long death = moment(profile, random, first + Math.max(1, (int) (cycle * 0.3)), 2, 4);
            long wake = death + random.between(20, 150) * MINUTE;
            long set = wake + random.between(150, 420) * MINUTE + random.between(0, 59) * 1000L;
            steps.add(new Step(wake, Kind.BATTERY_DIES, death));
            steps.add(new Step(set, Kind.SET_TO_ZONE, 0));
        }
        if (cycle >= SHORTEST_FULL_CYCLE) {
            int day = first + (int) (cycle * 0.4);
            long wrong = (random.chance(0.5) ? -1 : 1) * (random.between(120, 420) * 1000L);
            // Nobody presses the button on a full second: this one leaves a fraction behind.
            steps.add(new Step(moment(profile, random, day, 8, 20) + random.between(1, 999), Kind.SET_WRONG, wrong));
            steps.add(new Step(moment(profile, random, day + Math.max(1, cycle / 18), 8, 20), Kind.SET_TO_ZONE, 0));
            int far = Math.max(2, Math.min(12, cycle / 15));
            trip(profile, random, first + (int) (cycle * 0.65), far, 9 * HOUR, steps);
            long slip = moment(profile, random, first + (int) (cycle * 0.85), 9, 12);
            steps.add(new Step(slip, Kind.SET_WRONG, DAY));
            steps.add(new Step(slip + 5 * HOUR, Kind.SET_TO_ZONE, 0));
        }
        if (cycle >= SHORTEST_RICH_CYCLE) {
            // Noon taken for midnight, and put right when it shows.
            long fumble = moment(profile, random, first + (int) (cycle * 0.5), 9, 20);
            steps.add(new Step(fumble, Kind.SET_WRONG, HALF_DAY));
            steps.add(new Step(fumble + random.between(40, 180) * 1000L, Kind.SET_TO_ZONE, 0));
            trip(profile, random, first + (int) (cycle * 0.75), 4, 5 * HOUR + 45 * MINUTE, steps);
        }
    }

    private static void trip(
            PumpProfile profile, SeededRandom random, int day, int away, long shift, List<Step> steps) {
        long out = moment(profile, random, day, 10, 20);
        long back = moment(profile, random, day + away, 1, 20);
        steps.add(new Step(out, Kind.TRAVEL, shift));
        steps.add(new Step(back, Kind.TRAVEL, 0));
    }

    private static long moment(PumpProfile profile, SeededRandom random, int day, int fromHour, int toHour) {
        return profile.dayStart(day) * 1000
                + random.between(fromHour, toHour) * HOUR
                + random.between(0, 59) * MINUTE
                + random.between(0, 59) * 1000L;
    }

    /** Every change, in order. */
    List<Setting> settings() {
        return settings;
    }

    long offsetAt(long trueMillis) {
        int low = 0;
        int high = times.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (times[middle] <= trueMillis) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return offsets[low];
    }

    /** What the pump's clock shows, in seconds of the Unix epoch read as UTC. */
    long wallSeconds(long trueMillis) {
        return Math.floorDiv(trueMillis + offsetAt(trueMillis), 1000L);
    }

    /** Whether the clock is unchanged and the pump powered between two true moments. */
    boolean isQuiet(long fromMillis, long toMillis) {
        for (Setting setting : settings) {
            if (setting.trueMillis() >= fromMillis && setting.trueMillis() <= toMillis) {
                return false;
            }
        }
        for (long[] silence : silences) {
            if (silence[0] <= toMillis && silence[1] >= fromMillis) {
                return false;
            }
        }
        return true;
    }

    /** Whether the battery is empty: nothing is logged. */
    boolean isDead(long trueMillis) {
        for (long[] silence : silences) {
            if (trueMillis >= silence[0] && trueMillis < silence[1]) {
                return true;
            }
        }
        return false;
    }

    /** The moments at which the pump restarted after its battery was empty. */
    List<Long> wakings() {
        List<Long> wakings = new ArrayList<>();
        for (long[] silence : silences) {
            wakings.add(silence[1]);
        }
        return wakings;
    }

    /** Converts planned steps to successive changes of the offset. */
    private static final class Walk {
        private final PumpProfile profile;
        private final List<Setting> settings = new ArrayList<>();
        private final List<long[]> silences = new ArrayList<>();
        private final long firstOffset;
        private long offset;
        private long traveled;

        Walk(PumpProfile profile) {
            this.profile = profile;
            firstOffset = zoneOffset(profile.dayStart(0) * 1000);
            offset = firstOffset;
        }

        ClockPlan through(List<Step> steps) {
            for (Step step : steps) {
                take(step);
            }
            return new ClockPlan(firstOffset, settings, silences);
        }

        private void take(Step step) {
            long at = step.trueMillis();
            switch (step.kind()) {
                case BATTERY_DIES -> {
                    silences.add(new long[] {step.value(), at});
                    change(at, PUMP_EPOCH_SECONDS * 1000 - at, 0);
                }
                case TRAVEL -> {
                    traveled = step.value();
                    setByHand(at, 0);
                }
                case SET_WRONG -> setByHand(at, step.value());
                case SET_TO_ZONE -> setByHand(at, 0);
            }
        }

        private void setByHand(long at, long mistake) {
            long shown = Math.floorDiv(at + zoneOffset(at) + traveled + mistake, 1000L) * 1000;
            if (profile.plainClock()) {
                change(at, shown - at, 0);
                return;
            }
            long dayNow = Math.floorDiv(at + offset, DAY);
            long days = Math.floorDiv(shown, DAY) - dayNow;
            if (days != 0) {
                change(at, offset + days * DAY, DATE_CHANGED);
            }
            change(at, shown - at, TIME_CHANGED);
        }

        private void change(long at, long newOffset, int eventCode) {
            if (newOffset != offset) {
                settings.add(new Setting(at, offset, newOffset, eventCode));
                offset = newOffset;
            }
        }

        private long zoneOffset(long at) {
            return profile.zone().getRules().getOffset(Instant.ofEpochMilli(at)).getTotalSeconds() * 1000L;
        }
    }
}
