package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/** Writes all rows of a table to a place in the work folder: one file, or a folder of files. */
interface TableWriter {
    /**
     * Writes the rows.
     *
     * @param place the file or folder, not there yet
     * @param rows which rows
     * @param expected how many they are
     * @param progress hears how many are done
     * @return how much was written
     * @throws IOException where a file or folder cannot be made or looked at
     */
    Written write(Path place, SelectedRows rows, long expected, LongConsumer progress) throws IOException;

    /**
     * How much was written.
     *
     * @param rows rows
     * @param bytes bytes
     */
    record Written(long rows, long bytes) {}
}
