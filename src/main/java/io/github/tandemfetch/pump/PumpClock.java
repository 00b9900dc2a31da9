package io.github.tandemfetch.pump;

import java.time.LocalDateTime;

/**
 * Tells true UTC from the pump's wall clock, which has no zone and does not know daylight saving. One clock speaks for
 * one pump.
 */
public interface PumpClock {

    /**
     * Places a wall-clock time.
     *
     * @param position where the event stands in the pump's log; a clock that knows when the pump's clock was changed
     *     needs it
     * @param wallClock what the pump's clock showed
     * @return the moment in UTC and how it was found
     */
    PumpTime at(SequencePosition position, LocalDateTime wallClock);
}
