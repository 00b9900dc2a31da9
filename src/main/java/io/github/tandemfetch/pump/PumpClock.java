package io.github.tandemfetch.pump;

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
     * <p>A reading that was handed in at once is stamped by the clock of its event. A late one whose time lies before the
     * clock was last moved is taken for stamped by the clock as it was when the sensor took it, if that clock ran at the
     * time; nothing in the log tells otherwise.
     *
     * @param stamp the reading's and its event's stamp
     * @return the moment in UTC, null where it is not known, and how it was found
     */
    PumpTime readingAt(SensorStamp stamp);
}
