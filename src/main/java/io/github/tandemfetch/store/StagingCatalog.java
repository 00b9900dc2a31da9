package io.github.tandemfetch.store;

import java.util.UUID;

/**
 * A database in memory for rows that are not stored yet. All sessions share it, it spills to disk, and it ends with the
 * process.
 */
public final class StagingCatalog {
    // The file's own catalog has the name of the file, in which there can be no slash.
    public static final String NAME = "staging/";

    /** Run once when a file is opened for writing. */
    static final String ATTACH = "ATTACH ':memory:' AS " + Identifier.quoted(NAME);

    private StagingCatalog() {}

    /** A unique table name. */
    public static String newTable() {
        return "rows_" + UUID.randomUUID().toString().replace('-', '_');
    }

    public static String qualified(String table) {
        return Identifier.quoted(NAME) + ".main." + table;
    }
}
