package io.github.tandemfetch.store;

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
    void drop() {
        List<String> definitions = DOMAIN_LAST.stream().map(this::definition).toList();
        for (int i = DOMAIN_LAST.size() - 1; i >= 0; i--) {
            database.execute("DROP TABLE " + DOMAIN_LAST.get(i));
        }
        definitions.forEach(database::execute);
        database.execute("DELETE FROM clock_timeline");
        database.execute("DELETE FROM clock_progress");
        database.execute("DELETE FROM replaced_events");
    }

    private String definition(String table) {
        return database.first(
                        "SELECT sql FROM duckdb_tables() WHERE database_name = current_database() AND table_name = ?",
                        row -> row.getString(1),
                        table)
                .orElseThrow();
    }
}
