package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * A stretch of the log with one way from the pump's clock to UTC.
 *
 * @param start where it begins; it ends where the group's next segment begins
 * @param wallStart what the clock showed at its beginning
 * @param wallEnd what the clock showed at its end, before it was moved
 * @param offset what the clock showed minus UTC
 * @param basis how the offset was found
 * @param change why it is another than before
 * @param alternativeOffsetMillis another offset that the log would allow; null where there is no doubt
 */
public record ClockSegment(
        SequencePosition start,
        LocalDateTime wallStart,
        LocalDateTime wallEnd,
        Offset offset,
        TimeBasis basis,
        Change change,
        Long alternativeOffsetMillis) {

    /**
     * What a clock showed minus UTC.
     *
     * @param millis at the beginning, milliseconds; null where that is not known
     * @param driftRate by how much the clock gained, milliseconds a millisecond; 0 for a clock that keeps time
     */
    public record Offset(Long millis, double driftRate) {}

    /**
     * How a segment came about.
     *
     * @param cause what happened at its beginning
     * @param shiftMillis by how much the clock was moved then, milliseconds; null where that is not known
     */
    public record Change(ClockCause cause, Long shiftMillis) {}

    /** The sequence group. */
    public long group() {
        return start.group();
    }

    /** The first sequence number it holds for. */
    public long firstNumber() {
        return start.number();
    }

    /** Pump clock minus UTC at the beginning, milliseconds; null where that is not known. */
    public Long offsetMillis() {
        return offset.millis();
    }

    /** By how much the clock gained, milliseconds a millisecond. */
    public double driftRate() {
        return offset.driftRate();
    }

    /** Why the offset is another than before. */
    public ClockCause cause() {
        return change.cause();
    }

    /** By how much the clock was moved at the beginning, milliseconds; null where that is not known. */
    public Long shiftMillis() {
        return change.shiftMillis();
    }

    /** The same segment from another sequence number on. */
    ClockSegment startingAt(long firstNumber) {
        return new ClockSegment(
                new SequencePosition(group(), firstNumber),
                wallStart,
                wallEnd,
                offset,
                basis,
                change,
                alternativeOffsetMillis);
    }

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
        if (offset.millis() == null) {
            return null;
        }
        Instant utc = wallClock.toInstant(java.time.ZoneOffset.UTC).minusMillis(offset.millis());
        if (offset.driftRate() == 0) {
            return utc;
        }
        long run = WallMillis.of(wallClock) - WallMillis.of(wallStart);
        return utc.minusMillis(Math.round(offset.driftRate() * run));
    }

    /**
     * Whether another segment gives every event the same time for the same reason.
     *
     * @param other another segment, or null
     * @return false where events must be timed anew
     */
    public boolean timesLike(ClockSegment other) {
        return other != null
                && offset.equals(other.offset)
                && basis == other.basis
                && (offset.driftRate() == 0 || wallStart.equals(other.wallStart));
    }
}
