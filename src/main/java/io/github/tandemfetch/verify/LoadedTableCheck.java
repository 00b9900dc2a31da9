package io.github.tandemfetch.verify;

import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares the loaded tables with their lines in {@code _metadata}. */
public final class LoadedTableCheck {
    /** A table with the columns of one of these was loaded; others are the person's own. */
    private static final List<String> SHAPES =
            List.of("event_name,event_time,distinct_id,insert_id,properties", "distinct_id,properties,last_seen");

    private final Database database;

    public LoadedTableCheck(Database database) {
        this.database = database;
    }

    /**
     * Looks for lines without a table, tables without a line, and other numbers of rows than the line says.
     *
     * @param limit how many examples to keep
     * @return how many there are
     */
    public Findings check(int limit) {
        Map<String, String> tables = new TreeMap<>();
        database.forEach("""
                SELECT table_name, string_agg(column_name, ',' ORDER BY column_index) FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main'
                  AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = current_database())
                GROUP BY table_name
                """, row -> tables.put(row.getString(1), row.getString(2)));
        Findings.Collector findings = new Findings.Collector(limit);
        Map<String, Long> lines = lines("_metadata", "row_count", tables.keySet());
        Map<String, Long> filters = lines("_metadata_filters", "0", tables.keySet());
        for (Map.Entry<String, Long> line : lines.entrySet()) {
            findings.looked(1);
            if (named(line.getKey(), tables.keySet())) {
                countRows(line.getKey(), line.getValue(), findings);
            } else {
                findings.found("_metadata has a line for '" + line.getKey() + "', and there is no such table");
            }
        }
        for (String filter : filters.keySet()) {
            if (!named(filter, lines.keySet())) {
                findings.found("_metadata_filters has a line for '" + filter + "', and _metadata has none");
            }
        }
        tables.forEach((table, columns) -> {
            if (SHAPES.contains(columns) && !named(table, lines.keySet())) {
                findings.looked(1);
                findings.found("the table '" + table + "' looks loaded, and _metadata has no line for it");
            }
        });
        return findings.findings();
    }

    private Map<String, Long> lines(String metadata, String rowCount, Set<String> tables) {
        Map<String, Long> lines = new TreeMap<>();
        if (tables.contains(metadata)) {
            database.forEach(
                    "SELECT table_name, " + rowCount + " FROM " + metadata,
                    row -> lines.put(row.getString(1), row.getLong(2)));
        }
        return lines;
    }

    private void countRows(String table, long expected, Findings.Collector findings) {
        long rows = database.first("SELECT count(*) FROM " + Identifier.quoted(table), row -> row.getLong(1))
                .orElse(0L);
        if (rows != expected) {
            findings.found("'%s' has %d rows, its line in _metadata says %d".formatted(table, rows, expected));
        }
    }

    private static boolean named(String name, Set<String> names) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }
}
