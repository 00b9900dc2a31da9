package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Literal;
import java.nio.file.Path;

/** How rows become a file of one format, in the engine's own words. */
interface FileLayout {
    /**
     * The rows as the file holds them.
     *
     * @param rows the rows
     */
    String query(SelectedRows rows);

    /**
     * What the engine is told about the file.
     *
     * @param rows the rows
     * @param expected how many there will be
     * @param rowGroupRows how many rows are written together, where the format has groups
     * @return options of {@code COPY … TO}
     */
    String options(SelectedRows rows, long expected, int rowGroupRows);

    /** Whether rows are written in groups, whose size the memory of an export follows. */
    default boolean hasRowGroups() {
        return false;
    }

    /**
     * The statement that writes the file; its update count is the number of rows.
     *
     * @param rows the rows
     * @param expected how many there will be
     * @param rowGroupRows how many rows are written together, where the format has groups
     * @return a statement with the placeholders of the rows
     */
    default String copy(Path file, SelectedRows rows, long expected, int rowGroupRows) {
        return "COPY (" + query(rows) + ") TO " + Literal.of(file) + " (" + options(rows, expected, rowGroupRows)
                + ", USE_TMP_FILE false)";
    }

    /**
     * The engine's name of a compression.
     *
     * @param compression the compression, or null for none
     * @return an option's value
     */
    static String codec(ExportCompression compression) {
        return compression == null ? "none" : compression.compressionName();
    }
}
