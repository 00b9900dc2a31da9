package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.Retiming.Stretch;

/** Rows of other tables whose times follow from a pump's clock. They move in the transaction of the timeline. */
public interface DependentRows {
    /**
     * Moves the rows of a stretch of a log to the times that the timeline gives them now.
     *
     * @param stretch the stretch; the times of its events are right already
     * @param timeline the pump's timeline
     * @param eventsMoved whether events of the stretch had other times; false where only what was logged late may follow
     *     from a stretch before
     */
    void retime(Stretch stretch, ClockTimeline timeline, boolean eventsMoved);

    /** Ends the retiming of a pump, once all its stretches were handed over. */
    void finish(String pumpSerial);
}
