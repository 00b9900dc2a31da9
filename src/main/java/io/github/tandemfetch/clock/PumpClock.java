package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;

/**
 * Tells true UTC from the pump's wall clock, which has no zone and does not know daylight saving. One clock speaks for
 * one pump.
 */
public interface PumpClock {

    /**
     * Places the stamp of an event.
     *
     * @param position where the event stands in the pump's log, which tells how its clock was set then
     * @param wallClock what the pump's clock showed
     * @return the moment in UTC, null where it is not known, and how it was found
     */
    PumpTime at(SequencePosition position, LocalDateTime wallClock);

    /**
     * Places the stamp of a sensor reading, which may lie hours before its event's, and before a change of the clock.
     *
     * <p>A reading that was handed in at once is stamped by the clock of its event. A late one belongs to the newest pass of
     * the clock in which its stamp occurs and is not after its logging: wall times repeat after the clock was set back, and
     * a stamp from before the clock was last moved was shown by the clock as it was then.
     *
     * @param stamp the reading's and its event's stamp
     * @return the moment in UTC, null where it is not known, and how it was found
     */
    PumpTime readingAt(SensorStamp stamp);
}
