package io.github.tandemfetch.verify;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;

/** Tells whether a database holds anything that could be verified: pump data, or tables that a person has loaded. */
public final class DatabaseContent {
    // Has a row for each table that was loaded.
    private static final String LOADED_TABLES = "_metadata";

    private final Database database;

    public DatabaseContent(Database database) {
        this.database = database;
    }

    /**
     * Whether there are neither events nor loaded tables.
     *
     * @return true for a new database
     */
    public boolean isEmpty() {
        return PumpTable.names().stream().noneMatch(this::hasRows) && !(hasLoadedTables() && hasRows(LOADED_TABLES));
    }

    private boolean hasLoadedTables() {
        return database.first("""
                        SELECT 1 FROM duckdb_tables()
                        WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ?
                        """, row -> row.getInt(1), LOADED_TABLES).isPresent();
    }

    private boolean hasRows(String table) {
        try {
            return database.first("SELECT 1 FROM " + Identifier.quoted(table) + " LIMIT 1", row -> row.getInt(1))
                    .isPresent();
        } catch (DatabaseException damaged) {
            // What is wrong with it is for the checks to say.
            return true;
        }
    }
}
