package io.github.tandemfetch.clock;

/**
 * A stretch of the log in which nobody and nothing moved the pump's clock.
 *
 * @param group the sequence group
 * @param firstNumber the first sequence number that was stamped by this clock
 * @param link how the clock got here from the stretch before
 * @param delta by how much it was moved then, milliseconds; 0 where that is not known
 * @param change the change that began the stretch; null where none did
 * @param wallStart what the clock showed at the beginning, as {@link WallMillis}
 * @param wallEnd what it showed at the end
 */
record Stretch(long group, long firstNumber, Link link, long delta, ClockChange change, long wallStart, long wallEnd) {

    // No pump of this make is that old: a stamp from before belongs to a clock that woke up in 2008.
    private static final long OLDEST_BELIEVABLE = 1_262_304_000_000L;

    /** How a stretch follows the one before it. */
    enum Link {
        /** It does not: the log, or the sequence group, begins. */
        LOG_START(false),
        /** The log started over, and the clock ran on. */
        LOG_RESTART(true),
        /** An announced change. */
        CHANGE(true),
        /** A jump at the very moment of the zone's rule, in a clock that follows it by itself. */
        AUTOMATIC(true),
        /** The clock fell back to 2008; by how much is not known. */
        CLOCK_LOST(false),
        /** The clock was moved by an amount that is not known. */
        UNANNOUNCED(false);

        private final boolean exact;

        Link(boolean exact) {
            this.exact = exact;
        }

        /** Whether it is known by how much the clock moved. */
        boolean isExact() {
            return exact;
        }
    }

    static boolean isLost(long wall) {
        return wall < OLDEST_BELIEVABLE;
    }

    /** Whether the clock had lost its time. */
    boolean isLost() {
        return isLost(wallStart);
    }

    long length() {
        return Math.max(0, wallEnd - wallStart);
    }

    Stretch endingAt(long wall) {
        return new Stretch(group, firstNumber, link, delta, change, wallStart, wall);
    }
}
