package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at what is in an open database. */
public final class TableCatalog {
    private static final String LOADED = "_metadata";

    private final Database database;

    /** Creates the catalog of one database. */
    public TableCatalog(Database database) {
        this.database = database;
    }

    /**
     * A column of a table.
     *
     * @param name the column's name
     * @param type DuckDB's name of its type, such as {@code TIMESTAMP WITH TIME ZONE}
     */
    public record Column(String name, String type) {}

    /**
     * How much a table holds.
     *
     * @param rows the number of rows
     * @param first the earliest time in the table's time column, UTC; null where it holds none
     * @param last the latest time in the table's time column, UTC; null where it holds none
     */
    public record Extent(long rows, Instant first, Instant last) {}

    /**
     * Whether a table is in this database.
     *
     * @return false for a table that a later run will make
     */
    public boolean exists(TimedTable table) {
        return database.hasTable(table.tableName());
    }

    /**
     * The columns of a table, in order.
     *
     * @return empty where the table is not in this database
     */
    public List<Column> columns(TimedTable table) {
        List<Column> columns = new ArrayList<>();
        database.forEach("""
                SELECT column_name, data_type FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ?
                ORDER BY column_index
                """, row -> columns.add(new Column(row.getString(1), row.getString(2))), table.tableName());
        return columns;
    }

    /** The summary of a table; empty where the table is not in this database. */
    public Optional<TableSummary> summary(TimedTable table) {
        List<Column> columns = columns(table);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Extent extent = extent(table);
        return Optional.of(new TableSummary(table, extent.rows(), columns, extent.first(), extent.last()));
    }

    /**
     * The tables that were loaded.
     *
     * @return those that are there, by their names
     */
    public List<LoadedTable> loaded() {
        List<LoadedTable> tables = new ArrayList<>();
        if (database.hasTable(LOADED)) {
            database.forEach(
                    "SELECT table_name, type FROM " + LOADED + " ORDER BY table_name",
                    row -> LoadedTable.of(row.getString(1), row.getString(2)).ifPresent(tables::add));
        }
        // Somebody may have dropped one by hand.
        tables.removeIf(table -> !exists(table));
        return tables;
    }

    /**
     * How many rows a table holds, and from when to when.
     *
     * @param table a table that is in this database
     * @return the extent
     */
    public Extent extent(TimedTable table) {
        String time = Identifier.quoted(table.timeColumn());
        // Times of loaded tables are UTC without saying so; the session's zone is UTC.
        return database.first(
                        "SELECT count(*), CAST(min(" + time + ") AS TIMESTAMPTZ), CAST(max(" + time
                                + ") AS TIMESTAMPTZ) FROM " + Identifier.quoted(table.tableName()),
                        row -> extent(row, 1))
                .orElseThrow();
    }

    /**
     * How many rows each pump table holds, and from when to when; in one statement, since each takes a while to be
     * understood.
     *
     * @return the tables that are in this database, in the order of the pipeline
     */
    public Map<PumpTable, Extent> extents(Optional<String> pumpSerial) {
        String each = PumpTable.all().stream()
                .filter(table -> database.hasTable(table.tableName()))
                .map(table -> "SELECT '" + table.tableName() + "', count(*), min(" + table.timeColumn() + "), max("
                        + table.timeColumn() + ") FROM " + table.tableName() + where(pumpSerial))
                .collect(Collectors.joining(" UNION ALL "));
        Map<PumpTable, Extent> extents = new LinkedHashMap<>();
        if (!each.isEmpty()) {
            database.forEach(
                    each, row -> extents.put(PumpTable.named(row.getString(1)).orElseThrow(), extent(row, 2)));
        }
        return extents;
    }

    /**
     * How the times of a table's rows were found.
     *
     * @param table a table with a {@code time_basis}, that is in this database
     * @param pumpSerial the only pump whose rows count; empty for all
     * @return how many rows each basis has
     */
    public Map<String, Long> timeBases(PumpTable table, Optional<String> pumpSerial) {
        Map<String, Long> bases = new TreeMap<>();
        database.forEach(
                "SELECT time_basis, count(*) FROM " + table.tableName() + where(pumpSerial) + " GROUP BY time_basis",
                row -> bases.put(row.getString(1), row.getLong(2)));
        return bases;
    }

    private static String where(Optional<String> pumpSerial) {
        return pumpSerial
                .map(serial -> " WHERE pump_serial = " + Literal.of(serial))
                .orElse("");
    }

    private static Extent extent(ResultSet row, int column) throws SQLException {
        return new Extent(
                row.getLong(column),
                instant(row.getObject(column + 1, OffsetDateTime.class)),
                instant(row.getObject(column + 2, OffsetDateTime.class)));
    }

    private static Instant instant(OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant).orElse(null);
    }
}
