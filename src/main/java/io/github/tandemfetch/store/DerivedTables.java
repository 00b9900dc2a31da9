package io.github.tandemfetch.store;

/** The tables that can be made anew from {@code raw_events} at any time. */
public final class DerivedTables {
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
     * Empties them all. Not one transaction: the engine checks a foreign key against rows that the same transaction has
     * deleted. Stopped in between, domain rows are missing whose events are there, and extracting makes them again.
     *
     * @throws DatabaseException where the engine fails
     */
    public void clear() {
        database.transaction(connection -> {
            database.execute("DELETE FROM cgm_readings");
            database.execute("DELETE FROM basal_deliveries");
            return null;
        });
        database.execute("DELETE FROM events");
        database.transaction(connection -> {
            database.execute("DELETE FROM clock_timeline");
            database.execute("DELETE FROM clock_progress");
            return null;
        });
    }
}
