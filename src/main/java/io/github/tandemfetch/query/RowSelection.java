package io.github.tandemfetch.query;

import java.nio.file.Path;

/**
 * The rows to inspect.
 *
 * @param pumpSerial the only pump to include; null for all
 * @param pumpRequired whether a table without {@code pump_serial} is refused where a pump is given; otherwise all of
 *     its rows are included
 */
public record RowSelection(Path file, String table, String pumpSerial, boolean pumpRequired) {
    /** The rows of all pumps. */
    static RowSelection all(Path file, String table) {
        return new RowSelection(file, table, null, false);
    }
}
