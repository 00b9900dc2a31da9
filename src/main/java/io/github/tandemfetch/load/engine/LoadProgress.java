package io.github.tandemfetch.load.engine;

/** Hears how the loading of a table gets on. */
@FunctionalInterface
public interface LoadProgress {
    /** Hears nothing. */
    LoadProgress NONE = rows -> {};

    /**
     * A batch has been inserted.
     *
     * @param rows how many rows have been inserted in all; repetitions are not counted
     */
    void inserted(long rows);
}
