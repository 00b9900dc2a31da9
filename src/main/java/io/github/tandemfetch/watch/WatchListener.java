package io.github.tandemfetch.watch;

import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.source.SourceListener;

/** Hears how the cycles get on, in the thread that runs them. Every method does nothing unless it is overridden. */
public interface WatchListener extends PipelineListener, SourceListener {
    /**
     * A cycle begins.
     *
     * @param number counts from 1
     */
    default void cycleStarted(long number) {}

    /**
     * A cycle has ended, well or not.
     *
     * @param cycle what came of it
     */
    default void cycleEnded(WatchCycle cycle) {}

    /** There will be no further cycle. Called once, also where the loop ends with a failure. */
    default void ended() {}
}
