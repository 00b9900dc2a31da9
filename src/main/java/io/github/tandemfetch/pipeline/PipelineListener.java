package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.RawEventTable.Merge;

/** Hears how the pipeline gets on. Every method does nothing unless it is overridden. */
public interface PipelineListener {
    /** Hears nothing. */
    PipelineListener SILENT = new PipelineListener() {};

    /**
     * A pump's windows are about to be fetched.
     *
     * @param windows how many
     */
    default void fetchStarted(String pumpSerial, int windows) {}

    /**
     * A window has been stored.
     *
     * @param window the window
     * @param merge what became of its events
     */
    default void windowStored(String pumpSerial, FetchWindow window, Merge merge) {}

    /**
     * A pump's windows have been fetched, or there was nothing to fetch.
     *
     * @param fetch what came of it
     */
    default void fetchEnded(PumpFetch fetch) {}

    /**
     * A pump's gaps have been asked for.
     *
     * @param fetch what came of it
     */
    default void gapsSearched(GapFetch fetch) {}

    /**
     * Raw events have been parsed.
     *
     * @param done how many so far
     * @param total how many in all
     */
    default void parsed(long done, long total) {}

    /**
     * Events have been looked through for a domain table.
     *
     * @param table the domain table
     * @param done how many so far
     * @param total how many in all
     */
    default void extracted(String table, long done, long total) {}

    /**
     * Something the person should know.
     *
     * @param text one or two sentences
     */
    default void notice(String text) {}

    /**
     * Something that a person may want to know and need not act on.
     *
     * @param text one or two sentences
     */
    default void remark(String text) {
        notice(text);
    }
}
