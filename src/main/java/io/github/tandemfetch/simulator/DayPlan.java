package io.github.tandemfetch.simulator;

import java.util.ArrayList;
import java.util.List;

/**
 * What happens to a person and a pump on one day. All generators of a day read the same plan, so that a suspension shows in
 * the basal deliveries and a meal in the glucose curve. Times are true seconds of the Unix epoch.
 *
 * @param day the day of the history, from 0
 * @param suspended when insulin was suspended, or null
 * @param temporaryRate when a temporary basal rate ran, or null
 */
record DayPlan(
        PumpProfile profile,
        int day,
        Span time,
        List<Meal> meals,
        SensorUse sensor,
        Span suspended,
        Span temporaryRate) {

    private static final int SENSOR_DAYS = 10;
    private static final int HOUR = 3600;
    /** Nothing that spans time is planned into the last quarter of an hour, so that it ends within its day. */
    private static final int MARGIN = 900;

    /**
     * A meal.
     *
     * @param carbs grams
     * @param bolused whether a bolus was given for it
     */
    record Meal(long at, int carbs, boolean bolused) {}

    /**
     * A time span.
     *
     * @param until exclusive
     */
    record Span(long from, long until) {
        boolean covers(long second) {
            return second >= from && second < until;
        }
    }

    /**
     * A gap in the sensor data.
     *
     * @param backfilled whether the sensor sends the missing readings afterwards
     */
    record Gap(Span span, boolean backfilled) {}

    /**
     * The wearing of the sensor.
     *
     * @param gaps when pump and sensor were out of range
     * @param change when a new sensor was started, or 0
     */
    record SensorUse(List<Gap> gaps, long change) {}

    long start() {
        return time.from;
    }

    long end() {
        return time.until;
    }

    List<Gap> gaps() {
        return sensor.gaps;
    }

    long sensorChange() {
        return sensor.change;
    }

    static DayPlan of(PumpProfile profile, ClockPlan clock, int day) {
        long start = profile.dayStart(day);
        long end = profile.dayStart(day + 1);
        SeededRandom random = profile.random(day, "plan");
        long sensorChange = 0;
        long phase = Math.floorMod(profile.seed(), (long) SENSOR_DAYS);
        if ((day + phase) % SENSOR_DAYS == 3) {
            sensorChange = start + random.between(9 * HOUR, 19 * HOUR);
        }
        List<Gap> gaps = new ArrayList<>();
        if (random.chance(0.45) && sensorChange == 0) {
            Span span = span(random, start, end, 1, 21, 20, 130);
            if (clock.isQuiet((span.from() - MARGIN) * 1000, (span.until() + MARGIN) * 1000)) {
                gaps.add(new Gap(span, random.chance(0.75)));
            }
        }
        Span suspended = random.chance(0.35) ? span(random, start, end, 6, 20, 10, 70) : null;
        Span temporary = random.chance(0.2) ? span(random, start, end, 9, 19, 30, 180) : null;
        return new DayPlan(
                profile,
                day,
                new Span(start, end),
                meals(profile, day),
                new SensorUse(gaps, sensorChange),
                suspended,
                temporary);
    }

    /**
     * The meals of a day. The evening before still shows in the morning's glucose, so days are computed independently.
     */
    static List<Meal> meals(PumpProfile profile, int day) {
        long start = profile.dayStart(day);
        SeededRandom random = profile.random(day, "meals");
        List<Meal> meals = new ArrayList<>();
        meals.add(meal(random, start, 6 * 60 + 30, 9 * 60, 25, 60, 0.95));
        meals.add(meal(random, start, 12 * 60, 13 * 60 + 40, 35, 80, 0.95));
        if (random.chance(0.5)) {
            meals.add(meal(random, start, 15 * 60 + 30, 16 * 60 + 40, 10, 35, 0.7));
        }
        meals.add(meal(random, start, 18 * 60 + 20, 20 * 60 + 10, 40, 95, 0.95));
        if (random.chance(0.2)) {
            meals.add(meal(random, start, 21 * 60 + 30, 22 * 60 + 30, 10, 25, 0.6));
        }
        return meals;
    }

    boolean isSuspended(long second) {
        return suspended != null && suspended.covers(second);
    }

    boolean hasTemporaryRate(long second) {
        return temporaryRate != null && temporaryRate.covers(second);
    }

    /** Whether the pump has no glucose value at this moment, so that its algorithm cannot run. */
    boolean isWithoutGlucose(long second) {
        long change = sensor.change;
        if (change > 0 && second >= change && second < change + profile.sensor().warmUpSeconds()) {
            return true;
        }
        for (Gap gap : sensor.gaps) {
            if (gap.span().covers(second)) {
                return true;
            }
        }
        return false;
    }

    /** The person's time of day in seconds, independent of the pump's clock. */
    int secondOfDay(long second) {
        return (int) (second - time.from);
    }

    private static Meal meal(
            SeededRandom random, long start, int fromMinute, int toMinute, int least, int most, double bolused) {
        long at = start + random.between(fromMinute * 60, toMinute * 60);
        return new Meal(at, random.between(least, most), random.chance(bolused));
    }

    private static Span span(
            SeededRandom random, long start, long end, int fromHour, int toHour, int leastMinutes, int mostMinutes) {
        long from = start + random.between(fromHour * HOUR, toHour * HOUR);
        long until = from + random.between(leastMinutes * 60, mostMinutes * 60);
        return new Span(from, Math.min(until, end - MARGIN));
    }
}
