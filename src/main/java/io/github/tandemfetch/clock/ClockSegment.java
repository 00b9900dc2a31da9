package io.github.tandemfetch.clock;

import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A stretch of the log with one way from the pump's clock to UTC.
 *
 * @param group the sequence group
 * @param firstNumber the first sequence number it holds for; it ends where the group's next segment begins
 * @param wallStart what the clock showed at its beginning
 * @param wallEnd what the clock showed at its end, before it was moved
 * @param offsetMillis what the clock showed at the beginning minus UTC, milliseconds; null where that is not known
 * @param driftRate by how much the clock gained, milliseconds a millisecond; 0 for a clock that keeps time
 * @param basis how the offset was found
 * @param cause why it is another than before
 * @param shiftMillis by how much the clock was moved at its beginning, milliseconds; null where that is not known
 * @param alternativeOffsetMillis another offset that the log would allow; null where there is no doubt
 */
public record ClockSegment(
        long group,
        long firstNumber,
        LocalDateTime wallStart,
        LocalDateTime wallEnd,
        Long offsetMillis,
        double driftRate,
        TimeBasis basis,
        ClockCause cause,
        Long shiftMillis,
        Long alternativeOffsetMillis) {

    /**
     * When it began.
     *
     * @return UTC; null where that is not known
     */
    public Instant utcStart() {
        return utcOf(wallStart);
    }

    /**
     * When it ended.
     *
     * @return UTC; null where that is not known
     */
    public Instant utcEnd() {
        return utcOf(wallEnd);
    }

    /**
     * When the clock of this segment showed a time.
     *
     * @param wallClock the time shown
     * @return UTC; null where the offset is not known
     */
    public Instant utcOf(LocalDateTime wallClock) {
        if (offsetMillis == null) {
            return null;
        }
        Instant utc = wallClock.toInstant(java.time.ZoneOffset.UTC).minusMillis(offsetMillis);
        if (driftRate == 0) {
            return utc;
        }
        long run = WallMillis.of(wallClock) - WallMillis.of(wallStart);
        return utc.minusMillis(Math.round(driftRate * run));
    }

    /**
     * Whether another segment gives every event the same time for the same reason.
     *
     * @param other another segment, or null
     * @return false where events must be timed anew
     */
    public boolean timesLike(ClockSegment other) {
        return other != null
                && java.util.Objects.equals(offsetMillis, other.offsetMillis)
                && basis == other.basis
                && driftRate == other.driftRate
                && (driftRate == 0 || wallStart.equals(other.wallStart));
    }
}
