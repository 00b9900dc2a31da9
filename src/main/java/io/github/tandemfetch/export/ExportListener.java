package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.TandemException;

/** Follows an export while it runs. Called by the thread that exports, but for the progress. */
public interface ExportListener {
    /** Follows nothing. */
    ExportListener NONE = new ExportListener() {};

    /**
     * A table's file is about to be written.
     *
     * @param operation what is to be done
     * @param rows how many rows the file will have
     */
    default void started(ExportOperation operation, long rows) {}

    /**
     * A table's file is being written. Called by another thread than the other methods, but not at the same time.
     *
     * @param operation what is being done
     * @param done how many rows' worth of the work is done
     * @param rows how many rows the file will have
     */
    default void progressed(ExportOperation operation, long done, long rows) {}

    /**
     * A table's export has failed; {@link #finished} follows.
     *
     * @param operation what was to be done
     * @param failure why
     */
    default void failed(ExportOperation operation, TandemException failure) {}

    /**
     * A table is done, well or not; also called where it never started.
     *
     * @param result how it went
     */
    default void finished(ExportResult result) {}
}
