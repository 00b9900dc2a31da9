package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.Retiming.Stretch;
import java.util.function.LongConsumer;

/** The stored rows of one domain table. */
public interface TableRows {
    /**
     * Begins to store what is missing.
     *
     * @param clocks the pumps' clocks
     * @param all whether to look at all events; otherwise at those that no extraction has looked at, where that is known
     */
    Extraction extract(PumpClocks clocks, boolean all);

    /**
     * Compares all rows with those that an extraction would give now, and changes none.
     *
     * @param clocks the pumps' clocks
     * @param limit how many examples of each finding to keep
     * @param done hears how many of the events' ids have been looked at
     */
    TableComparison compare(PumpClocks clocks, int limit, LongConsumer done);

    /**
     * Moves the rows of a stretch of a log, within the transaction of the clock's timeline.
     *
     * @param stretch the stretch; the times of its events are right already
     * @param timeline the pump's timeline
     * @param eventsMoved whether events of the stretch had other times
     */
    void retime(Stretch stretch, ClockTimeline timeline, boolean eventsMoved);

    /** Ends the retiming of a pump, within the same transaction. */
    default void finishRetiming(String pumpSerial) {}

    /** An extraction, a batch at a time. */
    interface Extraction extends AutoCloseable {
        /**
         * Stores the next batch, in a transaction of its own.
         *
         * @return false where nothing was left
         */
        boolean next();

        /** How far it has come, from 0 to {@link #total}. */
        long done();

        /** How much there is to do, in a measure of its own. */
        long total();

        /** Ends it, once {@link #next} has given false. */
        ExtractedTable result();

        /** Gives back what it holds, also where it has failed. */
        @Override
        default void close() {}
    }
}
