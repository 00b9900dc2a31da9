package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import java.util.ArrayList;
import java.util.List;

/** The tables that can be made anew from {@code raw_events} at any time. */
public final class DerivedTables {
    private static final String EVENTS = PumpTable.EVENTS.tableName();

    private final Database database;
    private final List<DomainTable> tables;

    /**
     * Gives access to the tables of an open database.
     *
     * @param tables the domain tables
     */
    public DerivedTables(Database database, List<DomainTable> tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Gives access to all of them. */
    public DerivedTables(Database database) {
        this(database, DomainTables.ALL);
    }

    /**
     * Empties them all, in one transaction. They are dropped and made anew: deleting a million events one by one takes
     * minutes, because the engine looks for domain rows of each.
     */
    public void clear() {
        database.transaction(connection -> {
            drop();
            return null;
        });
    }

    /** Does it within a transaction. */
    public void drop() {
        List<String> events = definitionOfEvents();
        tables.forEach(table -> database.execute("DROP TABLE IF EXISTS " + table.sqlName()));
        database.execute("DROP TABLE " + EVENTS);
        events.forEach(database::execute);
        new DomainSchema(database, tables).create();
        new DomainProgress(database).clear();
        database.execute("DELETE FROM clock_timeline");
        database.execute("DELETE FROM clock_progress");
        database.execute("DELETE FROM replaced_events");
    }

    private List<String> definitionOfEvents() {
        List<String> statements = new ArrayList<>();
        database.forEach(
                "SELECT sql, comment FROM duckdb_tables() WHERE database_name = current_database() AND table_name = ?",
                row -> {
                    statements.add(row.getString(1));
                    if (row.getString(2) != null) {
                        statements.add("COMMENT ON TABLE " + EVENTS + " IS " + Literal.of(row.getString(2)));
                    }
                },
                EVENTS);
        database.forEach(
                "SELECT column_name, comment FROM duckdb_columns() WHERE database_name = current_database()"
                        + " AND schema_name = 'main' AND table_name = ? AND comment IS NOT NULL",
                row -> statements.add("COMMENT ON COLUMN " + EVENTS + "." + Identifier.quoted(row.getString(1)) + " IS "
                        + Literal.of(row.getString(2))),
                EVENTS);
        return statements;
    }

    /**
     * Drops what was derived from raw events that a more complete answer replaced. The engine lets a row go only when no
     * row that refers to it was there when the transaction began, so that this takes two; what is left undone is done
     * the next time.
     */
    public void dropReplaced() {
        boolean none = database.first("SELECT 1 FROM replaced_events LIMIT 1", row -> row.getInt(1))
                .isEmpty();
        if (none) {
            return;
        }
        database.transaction(connection -> {
            for (DomainTable table : tables) {
                database.execute("DELETE FROM " + table.sqlName() + " WHERE events_id IN (SELECT id FROM events"
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
}
