package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings the domain tables of a database to what is declared. What is missing is created; a table with other columns is
 * made anew and filled by the next extraction, since everything in it follows from the events.
 */
public final class DomainSchema {
    private final Database database;
    private final List<DomainTable> tables;

    /**
     * Looks at an open database.
     *
     * @param tables the domain tables
     */
    public DomainSchema(Database database, List<DomainTable> tables) {
        this.database = database;
        this.tables = tables;
    }

    /** Looks at all domain tables. */
    public DomainSchema(Database database) {
        this(database, DomainTables.ALL);
    }

    private record Stored(String type, String comment) {}

    /** Whether every domain table is there with the columns that it declares. */
    public boolean isCurrent() {
        return tables.stream().allMatch(table -> hasColumns(table, stored(table)));
    }

    /** Creates what is missing, and writes comments that are others. */
    public void bringUpToDate() {
        Map<DomainTable, List<String>> statements = new LinkedHashMap<>();
        for (DomainTable table : tables) {
            List<String> missing = missing(table);
            if (!missing.isEmpty()) {
                statements.put(table, missing);
            }
        }
        if (!statements.isEmpty()) {
            database.transaction(connection -> {
                statements.forEach((table, missing) -> {
                    missing.forEach(database::execute);
                    if (missing.contains(table.createStatement())) {
                        new DomainProgress(database).clear(table);
                    }
                });
                return null;
            });
        }
    }

    /** Creates all, within a transaction, where none is there. */
    void create() {
        tables.forEach(table -> missing(table).forEach(database::execute));
    }

    private List<String> missing(DomainTable table) {
        Map<String, Stored> stored = stored(table);
        List<String> statements = new ArrayList<>();
        if (!hasColumns(table, stored)) {
            if (!stored.isEmpty()) {
                statements.add("DROP TABLE " + table.sqlName());
            }
            statements.add(table.createStatement());
            stored = Map.of();
        }
        String comment = "COMMENT ON TABLE " + table.sqlName() + " IS " + Literal.of(table.comment());
        if (stored.isEmpty() || !table.comment().equals(storedComment(table))) {
            statements.add(comment);
        }
        for (Column column : table.allColumns()) {
            Stored known = stored.get(column.name());
            if (known == null || !column.description().equals(known.comment())) {
                statements.add("COMMENT ON COLUMN " + table.sqlName() + "." + Identifier.quoted(column.name()) + " IS "
                        + Literal.of(column.description()));
            }
        }
        return statements;
    }

    /** Constraints are left to verify, which reports a lost one as damage. */
    private static boolean hasColumns(DomainTable table, Map<String, Stored> stored) {
        List<String> expected = table.allColumns().stream()
                .map(column -> column.name() + " " + column.type())
                .toList();
        List<String> actual = stored.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue().type())
                .toList();
        return expected.equals(actual);
    }

    private Map<String, Stored> stored(DomainTable table) {
        Map<String, Stored> columns = new LinkedHashMap<>();
        database.forEach(
                """
                SELECT column_name, data_type, comment FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ?
                ORDER BY column_index
                """,
                row -> columns.put(row.getString(1), new Stored(row.getString(2), row.getString(3))),
                table.name());
        return columns;
    }

    private String storedComment(DomainTable table) {
        Map<String, String> comments = new HashMap<>();
        database.forEach(
                "SELECT table_name, comment FROM duckdb_tables() WHERE database_name = current_database()"
                        + " AND schema_name = 'main' AND table_name = ?",
                row -> comments.put(row.getString(1), row.getString(2)),
                table.name());
        return comments.get(table.name());
    }
}
