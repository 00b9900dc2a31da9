package io.github.tandemfetch.domain;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.util.List;

/** The tables that can be made anew from {@code raw_events} at any time. */
public final class DerivedTables {
    private static final List<String> DOMAIN_LAST = List.of("events", "cgm_readings", "basal_deliveries");

    private final Database database;

    /**
     * Gives access to the tables of an open database.
     *
     * @param database the open database
     */
    public DerivedTables(Database database) {
        this.database = database;
    }

    /**
     * Empties them all, in one transaction. They are dropped and made anew as they were: deleting a million events one
     * by one takes minutes, because the engine looks for domain rows of each.
     *
     * @throws DatabaseException where the engine fails
     */
    public void clear() {
        database.transaction(connection -> {
            drop();
            return null;
        });
    }

    /** Does it within a transaction. */
    public void drop() {
        List<String> definitions = DOMAIN_LAST.stream().map(this::definition).toList();
        for (int i = DOMAIN_LAST.size() - 1; i >= 0; i--) {
            database.execute("DROP TABLE " + DOMAIN_LAST.get(i));
        }
        definitions.forEach(database::execute);
        database.execute("DELETE FROM clock_timeline");
        database.execute("DELETE FROM clock_progress");
        database.execute("DELETE FROM replaced_events");
    }

    /**
     * Drops what was derived from raw events that a more complete answer replaced. The engine lets a row go only when no row that refers to it was
     * there when the transaction began, so that this takes two; what is left undone is done the next time.
     *
     * @throws DatabaseException where the engine fails
     */
    public void dropReplaced() {
        boolean none = database.first("SELECT 1 FROM replaced_events LIMIT 1", row -> row.getInt(1))
                .isEmpty();
        if (none) {
            return;
        }
        database.transaction(connection -> {
            for (String table : new String[] {"cgm_readings", "basal_deliveries"}) {
                database.execute("DELETE FROM " + table + " WHERE events_id IN (SELECT id FROM events"
                        + " WHERE raw_events_id IN (SELECT raw_events_id FROM replaced_events))");
            }
            return null;
        });
        database.transaction(connection -> {
            database.execute("DELETE FROM events WHERE raw_events_id IN (SELECT raw_events_id FROM replaced_events)");
            database.execute("DELETE FROM replaced_events");
            return null;
        });
    }

    private String definition(String table) {
        return database.first(
                        "SELECT sql FROM duckdb_tables() WHERE database_name = current_database() AND table_name = ?",
                        row -> row.getString(1),
                        table)
                .orElseThrow();
    }
}
