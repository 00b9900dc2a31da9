package io.github.tandemfetch.query;

import java.nio.file.Path;

/**
 * The rows that are looked at.
 *
 * @param file the database file
 * @param table the table
 * @param pumpSerial the only pump whose rows count; null for all
 * @param pumpRequired whether a table without {@code pump_serial} is refused where a pump is chosen; otherwise it is looked
 *     at as a whole
 */
public record RowSelection(Path file, String table, String pumpSerial, boolean pumpRequired) {
    /**
     * All rows of a table.
     *
     * @param file the database file
     * @param table the table
     * @return the rows of all pumps
     */
    static RowSelection all(Path file, String table) {
        return new RowSelection(file, table, null, false);
    }
}
