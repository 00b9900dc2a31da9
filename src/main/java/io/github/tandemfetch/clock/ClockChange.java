package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A change of the pump's clock that the pump announced: event code 13 (time) or 14 (date).
 *
 * @param position where it stands in the pump's log
 * @param kind what was changed
 * @param stamp the event's own stamp, pump clock; null where it has no readable one
 * @param prior the value before: milliseconds of the day, or days since 2008-01-01; null where the event has none
 * @param after the value after, in the same unit; null where the event has none
 */
public record ClockChange(SequencePosition position, Kind kind, LocalDateTime stamp, Long prior, Long after) {
    static final long DAY_MILLIS = 86_400_000L;

    private static final long PUMP_EPOCH_DAY = PumpTimestamp.EPOCH.toLocalDate().toEpochDay();
    // Days that 2107 does not reach: the pump counts seconds in 32 bits.
    private static final long DAYS_COUNTABLE = 49_710;

    /** Which part of the clock was changed. */
    public enum Kind {
        /** The time of day: {@code timePrior} and {@code timeAfter}, milliseconds of the day. */
        TIME(13),
        /** The date: {@code datePrior} and {@code dateAfter}, days since 2008-01-01. */
        DATE(14);

        private final int eventCode;

        Kind(int eventCode) {
            this.eventCode = eventCode;
        }

        /**
         * The code of the event that announces such a change.
         *
         * @return 13 or 14
         */
        public int eventCode() {
            return eventCode;
        }

        /**
         * The change that a code announces.
         *
         * @param eventCode an event's code
         * @return empty where the event announces none
         */
        public static Optional<Kind> ofEventCode(int eventCode) {
            for (Kind kind : values()) {
                if (kind.eventCode == eventCode) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * By how much the clock was moved.
     *
     * @return milliseconds, positive forward; empty where the event does not say
     */
    OptionalLong deltaMillis() {
        if (prior == null || after == null || !isReadable(prior) || !isReadable(after)) {
            return deltaFromStamp();
        }
        return OptionalLong.of((after - prior) * (kind == Kind.DATE ? DAY_MILLIS : 1));
    }

    /** Where one of the two values is missing, the stamp has the other, to the second. */
    private OptionalLong deltaFromStamp() {
        if (stamp == null || kind != Kind.TIME || prior == null || !isReadable(prior)) {
            return OptionalLong.empty();
        }
        long shown = Math.floorMod(stampMillis(), DAY_MILLIS);
        return shown / 1000 == prior / 1000 ? OptionalLong.empty() : OptionalLong.of(shown - prior);
    }

    private boolean isReadable(long value) {
        return value >= 0 && value < (kind == Kind.DATE ? DAYS_COUNTABLE : DAY_MILLIS);
    }

    boolean hasStamp() {
        return stamp != null;
    }

    private long stampMillis() {
        return WallMillis.of(stamp);
    }

    /**
     * Whether the event's own stamp is what the clock showed before the change. As far as is known the stamp is the
     * changed one; the value in the event tells.
     */
    boolean isStampedBefore() {
        if (stamp == null || prior == null || !isReadable(prior)) {
            return false;
        }
        if (kind == Kind.DATE) {
            long date = stamp.toLocalDate().toEpochDay() - PUMP_EPOCH_DAY;
            return date == prior && (after == null || !after.equals(prior));
        }
        long shown = stamp.toLocalTime().toSecondOfDay();
        return shown == prior / 1000 && (after != null && after / 1000 != shown);
    }

    /** What the clock showed after the change, as {@link WallMillis}; only for a change with stamp and delta. */
    long wallAfter() {
        long delta = deltaMillis().orElse(0);
        return isStampedBefore() ? stampMillis() + delta : stampMillis();
    }

    /** What the clock showed before the change, as {@link WallMillis}; only for a change with stamp and delta. */
    long wallBefore() {
        return wallAfter() - deltaMillis().orElse(0);
    }
}
