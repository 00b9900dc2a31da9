package io.github.tandemfetch.watch;

import java.time.Duration;

/**
 * How cycles follow each other.
 *
 * @param interval from the start of a cycle to the start of the next
 * @param jitter up to how much later than that a cycle begins, a random time anew for each, so that many clients do not
 *     come at once; it does not add up
 * @param maxFailures how many cycles in a row may fail before the loop ends; 0 for any number
 * @param once whether the loop ends with the first cycle
 */
public record WatchOptions(Duration interval, Duration jitter, int maxFailures, boolean once) {
    private static final Duration LONGEST_DEFAULT_JITTER = Duration.ofSeconds(30);
    private static final Duration LONGEST_INTERVAL = Duration.ofDays(30);
    private static final int DEFAULT_JITTER_SHARE = 10;

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException where a value is out of its range
     */
    public WatchOptions {
        require(!interval.isNegative() && !interval.isZero(), "the interval must be longer than nothing");
        require(interval.compareTo(LONGEST_INTERVAL) <= 0, "the interval must be 30 days or less");
        require(
                !jitter.isNegative() && jitter.compareTo(interval) <= 0,
                "the jitter must not be longer than the interval");
        require(maxFailures >= 0, "the number of failures must not be negative");
    }

    /**
     * Cycles without end, whatever fails.
     *
     * @param interval from the start of a cycle to the start of the next
     * @return with the usual jitter
     */
    public static WatchOptions every(Duration interval) {
        return new WatchOptions(interval, usualJitter(interval), 0, false);
    }

    /**
     * The jitter that is taken where none is asked for.
     *
     * @param interval from the start of a cycle to the start of the next
     * @return a tenth of it, at most 30 seconds
     */
    public static Duration usualJitter(Duration interval) {
        Duration share = interval.dividedBy(DEFAULT_JITTER_SHARE);
        return share.compareTo(LONGEST_DEFAULT_JITTER) > 0 ? LONGEST_DEFAULT_JITTER : share;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
