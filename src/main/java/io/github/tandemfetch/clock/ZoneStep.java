package io.github.tandemfetch.clock;

/**
 * Parts a change of the clock into what zones explain and what is left. Zones lie whole hours apart, halves or quarters;
 * people set clocks some minutes wrong, so that the rounder step is preferred.
 */
final class ZoneStep {
    /** A smaller change corrects the clock and has nothing to do with a zone. */
    private static final long SMALLEST = 14 * WallMillis.MINUTE + 30 * WallMillis.SECOND;

    private static final long HOUR_TOLERANCE = 12 * WallMillis.MINUTE;
    private static final long HALF_TOLERANCE = 10 * WallMillis.MINUTE;

    private ZoneStep() {}

    /** What zones explain of a change; 0 for a correction. Milliseconds, as the change. */
    static long of(long delta) {
        if (Math.abs(delta) < SMALLEST) {
            return 0;
        }
        long hours = nearest(delta, WallMillis.HOUR);
        if (Math.abs(delta - hours) <= HOUR_TOLERANCE) {
            return hours;
        }
        long halves = nearest(delta, WallMillis.HOUR / 2);
        return Math.abs(delta - halves) <= HALF_TOLERANCE ? halves : nearest(delta, WallMillis.HOUR / 4);
    }

    private static long nearest(long value, long step) {
        return Math.floorDiv(value + step / 2, step) * step;
    }
}
