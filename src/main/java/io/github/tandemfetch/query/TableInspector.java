package io.github.tandemfetch.query;

import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.history.StoredPumps;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Inspects pump data tables and loaded tables. */
@Singleton
public class TableInspector {
    private static final List<String> TIME_COLUMNS = List.of("event_time", "timestamp", "event_timestamp", "last_seen");
    private static final String PUMP = "pump_serial";
    private static final String EVENT_NAME = "event_name";

    // SUMMARIZE returns texts, with times in the engine's own form.
    private static final List<String> SUMMARIZED = List.of("min", "max", "avg", "q25", "q50", "q75");
    private static final String ISO_TIME = """
            CASE WHEN column_type LIKE 'TIMESTAMP%%'
                THEN regexp_replace(replace(%1$s, ' ', 'T'), '\\+00$', '+00:00') ELSE %1$s END AS %1$s
            """;

    private final DatabaseOpener databases;

    public TableInspector(DatabaseOpener databases) {
        this.databases = databases;
    }

    /** The row count and time range of each table. */
    public void tables(Path file, RowSink sink) {
        try (Database database = databases.openForReading(file)) {
            String all = new InspectedTableFinder(database)
                    .all().stream().map(TableInspector::extent).collect(Collectors.joining("\nUNION ALL\n"));
            String none = """
                    SELECT '' AS "table", '' AS type, 0::BIGINT AS rows, NULL::TIMESTAMPTZ AS first,
                        NULL::TIMESTAMPTZ AS last
                    WHERE false
                    """;
            new TextResultReader(database).read(all.isEmpty() ? none : all, sink);
        }
    }

    /**
     * The columns of a table.
     *
     * @throws DatabaseException where there is no such table
     */
    public void schema(Path file, String table, RowSink sink) {
        inspect(file, table, (rows, inspected) -> rows.read("""
                SELECT column_name AS "column", data_type AS type, is_nullable AS nullable, comment
                FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ?::VARCHAR
                ORDER BY column_index
                """, sink, inspected.name()));
    }

    /**
     * Sample rows, evenly spaced; the same ones each time.
     *
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where a pump is required and the table has no {@code pump_serial}
     * @throws io.github.tandemfetch.failure.DatabaseException where nothing is stored of the pump
     */
    public void sample(RowSelection selection, long limit, RowSink sink) {
        // The engine reads a table in row order; sorting would need memory for all rows.
        inspect(selection, (rows, inspected) -> rows.readFirst(limit, """
                SELECT * EXCLUDE ("tandem row") FROM (SELECT *, row_number() OVER () - 1 AS "tandem row" FROM %1$s)
                WHERE "tandem row" %% greatest(1, (SELECT count(*) FROM %1$s) // greatest(1, ?::BIGINT)) = 0
                """.formatted(inspected.rows()), sink, limit));
    }

    /**
     * Column statistics: min, max, distinct count, nulls.
     *
     * @throws DatabaseException where there is no such table
     */
    public void summarize(RowSelection selection, RowSink sink) {
        String isoTimes = SUMMARIZED.stream()
                .map(column -> ISO_TIME.formatted(Identifier.quoted(column)))
                .collect(Collectors.joining(", "));
        inspect(
                selection,
                (rows, inspected) -> rows.read(
                        "SELECT * REPLACE (" + isoTimes + ") FROM (SUMMARIZE SELECT * FROM " + inspected.rows() + ")",
                        sink));
    }

    /**
     * The number of events of each name, with the first and last time.
     *
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table has no event names
     */
    public void breakdown(RowSelection selection, RowSink sink) {
        inspect(selection, (rows, inspected) -> {
            if (!inspected.columnNames().contains(EVENT_NAME)) {
                throw QueryErrors.noColumnOfKind(
                        inspected.name(), "event names", "Choose 'events' or a loaded table of events.");
            }
            String time = inspected.timeInUtc().orElse("NULL::TIMESTAMPTZ");
            rows.read("""
                    SELECT event_name, count(*) AS count, min(%1$s) AS first, max(%1$s) AS last
                    FROM %2$s GROUP BY event_name ORDER BY count DESC, event_name
                    """.formatted(time, inspected.rows()), sink);
        });
    }

    /**
     * The keys of a table's JSON objects, with the number of rows for each.
     *
     * @param path a JSON path; null for the top level
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where it has no JSON column
     */
    public void keys(RowSelection selection, String path, RowSink sink) {
        inspect(
                selection,
                (rows, inspected) -> rows.read(
                        """
                SELECT key, count(*) AS count, round(count(*) / (SELECT count(*) FROM %1$s), 4) AS share
                FROM (SELECT unnest(json_keys(%2$s, ?::VARCHAR)) AS key FROM %1$s)
                GROUP BY key ORDER BY count DESC, key
                """.formatted(inspected.rows(), Identifier.quoted(inspected.jsonColumn())),
                        sink,
                        path == null ? "$" : path));
    }

    /**
     * The most frequent values of a column or a JSON path.
     *
     * @param expression a column such as {@code status}, or a path such as {@code properties.country} or {@code
     *     $.country}
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where it has no such column
     */
    public void column(RowSelection selection, String expression, long limit, RowSink sink) {
        ColumnExpression wanted = ColumnExpression.parse(expression);
        inspect(selection, (rows, inspected) -> {
            String column = Identifier.quoted(
                    wanted.column() == null ? inspected.jsonColumn() : inspected.column(wanted.column()));
            String sql = """
                    SELECT %1$s AS value, count(*) AS count, round(count(*) / (SELECT count(*) FROM %2$s), 4) AS share
                    FROM %2$s GROUP BY value ORDER BY count DESC, value LIMIT ?::BIGINT
                    """;
            if (wanted.path() == null) {
                rows.read(sql.formatted(column, inspected.rows()), sink, limit);
            } else {
                String value = "json_extract_string(" + column + ", ?::VARCHAR)";
                rows.read(sql.formatted(value, inspected.rows()), sink, wanted.path(), limit);
            }
        });
    }

    private interface Inspection {
        void run(TextResultReader rows, Inspected table);
    }

    private void inspect(RowSelection selection, Inspection inspection) {
        try (Database database = databases.openForReading(selection.file())) {
            Inspected table = new InspectedTableFinder(database).named(selection.table());
            boolean ofPumps = table.columnNames().contains(PUMP);
            if (selection.pumpSerial() == null || !ofPumps && !selection.pumpRequired()) {
                inspection.run(new TextResultReader(database), table);
                return;
            }
            new StoredPumps(database).require(selection.pumpSerial());
            inspection.run(new TextResultReader(database), table.ofPump(table.column(PUMP), selection.pumpSerial()));
        }
    }

    private void inspect(Path file, String table, Inspection inspection) {
        try (Database database = databases.openForReading(file)) {
            inspection.run(new TextResultReader(database), new InspectedTableFinder(database).named(table));
        }
    }

    private static String extent(Inspected table) {
        String time = table.timeInUtc().orElse("NULL::TIMESTAMPTZ");
        return """
                SELECT %1$s AS "table", %2$s AS type, count(*) AS rows, min(%3$s) AS first, max(%3$s) AS last
                FROM %4$s""".formatted(Literal.of(table.name()), Literal.of(table.type()), time, table.quoted());
    }

    /**
     * An existing table.
     *
     * @param name in its original case
     * @param type {@code pump}, {@code events} or {@code profiles}
     * @param condition a WHERE clause; empty for all rows
     */
    record Inspected(String name, String type, List<TableCatalog.Column> columns, String condition) {
        Inspected(String name, String type, List<TableCatalog.Column> columns) {
            this(name, type, columns, "");
        }

        Inspected ofPump(String column, String serial) {
            return new Inspected(
                    name, type, columns, " WHERE " + Identifier.quoted(column) + " = " + Literal.of(serial));
        }

        String quoted() {
            return Identifier.quoted(name);
        }

        /** The selected rows as a table expression. */
        String rows() {
            return condition.isEmpty() ? quoted() : "(SELECT * FROM " + quoted() + condition + ")";
        }

        List<String> columnNames() {
            return columns.stream().map(TableCatalog.Column::name).toList();
        }

        String column(String wanted) {
            return columnNames().stream()
                    .filter(wanted::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> QueryErrors.columnNotFound(name, wanted, columnNames()));
        }

        String jsonColumn() {
            return columns.stream()
                    .filter(column -> column.type().equals("JSON"))
                    .findFirst()
                    .orElseThrow(() -> QueryErrors.noColumnOfKind(
                            name, "JSON column", "List its columns with 'tandem schema " + name + "'."))
                    .name();
        }

        /** SQL for the time of a row. Loaded tables have UTC in columns without a zone. */
        Optional<String> timeInUtc() {
            return columns.stream()
                    .filter(column -> TIME_COLUMNS.contains(column.name()))
                    .findFirst()
                    .map(column -> column.type().equals("TIMESTAMP")
                            ? "timezone('UTC', " + Identifier.quoted(column.name()) + ")"
                            : Identifier.quoted(column.name()));
        }
    }
}
