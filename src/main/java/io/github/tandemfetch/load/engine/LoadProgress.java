package io.github.tandemfetch.load.engine;

/** Receives the progress of a load. */
@FunctionalInterface
public interface LoadProgress {
    LoadProgress NONE = rows -> {};

    /**
     * Called after each batch.
     *
     * @param rows rows inserted in total, without duplicates
     */
    void inserted(long rows);
}
