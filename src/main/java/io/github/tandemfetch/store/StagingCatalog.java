package io.github.tandemfetch.store;

import java.util.UUID;

/**
 * A database in memory beside the file, for rows that are not stored yet. All sessions see it, it spills to disk where
 * memory is short, and a table in it is gone with the process.
 */
public final class StagingCatalog {
    // The file's own catalog has the name of the file, in which there can be no slash.
    public static final String NAME = "staging/";

    /** Makes the catalogue; run once when a file is opened for writing. */
    static final String ATTACH = "ATTACH ':memory:' AS " + Identifier.quoted(NAME);

    private StagingCatalog() {}

    /** A table's name that no other has. */
    public static String newTable() {
        return "rows_" + UUID.randomUUID().toString().replace('-', '_');
    }

    public static String qualified(String table) {
        return Identifier.quoted(NAME) + ".main." + table;
    }
}
