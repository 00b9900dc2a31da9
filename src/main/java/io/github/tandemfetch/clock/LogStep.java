package io.github.tandemfetch.clock;

import java.time.Duration;
import java.time.LocalDateTime;

/**
 * Two neighbors in a pump's log between which something may have happened to its clock.
 *
 * @param group the sequence group of both
 * @param numberBefore the sequence number of the first
 * @param wallBefore what the clock showed then; null where the event has no readable stamp
 * @param numberAfter the sequence number of the second
 * @param wallAfter what the clock showed then; null where the event has no readable stamp
 * @param changes whether one of the two is a clock change
 */
public record LogStep(
        long group,
        long numberBefore,
        LocalDateTime wallBefore,
        long numberAfter,
        LocalDateTime wallAfter,
        boolean changes) {

    /** The shortest silence that can hide an hour, or half an hour, that the clock skipped. */
    public static final Duration SILENCE = Duration.ofMinutes(25);

    /**
     * Whether the clock's history can depend on this step: a clock change, a step back, or a silence. All others need
     * not be looked at.
     *
     * @return false for two events that follow each other as they should
     */
    public boolean isNotable() {
        if (changes) {
            return true;
        }
        if (wallBefore == null || wallAfter == null) {
            return false;
        }
        Duration step = Duration.between(wallBefore, wallAfter);
        return step.isNegative() || step.compareTo(SILENCE) >= 0;
    }
}
