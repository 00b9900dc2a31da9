package io.github.tandemfetch.store.query;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog;
import io.github.tandemfetch.store.engine.TableNotFoundException;
import io.github.tandemfetch.store.query.TableInspection.Inspected;
import java.util.ArrayList;
import java.util.List;

/** Finds the tables that a person can look at: those of pump data first, then the loaded ones. */
final class InspectedTables {
    private final Database database;

    InspectedTables(Database database) {
        this.database = database;
    }

    List<Inspected> all() {
        List<Inspected> tables = new ArrayList<>();
        for (PumpTable table : PumpTable.values()) {
            add(tables, table.tableName(), "pump");
        }
        if (!columns("_metadata").isEmpty()) {
            List<String[]> loaded = new ArrayList<>();
            database.forEach(
                    "SELECT table_name, type FROM _metadata ORDER BY table_name",
                    row -> loaded.add(new String[] {row.getString(1), row.getString(2)}));
            loaded.forEach(line -> add(tables, line[0], line[1]));
        }
        return tables;
    }

    Inspected named(String name) {
        List<Inspected> all = all();
        return all.stream()
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new TableNotFoundException(
                        name, all.stream().map(Inspected::name).toList()));
    }

    private void add(List<Inspected> tables, String name, String type) {
        List<TableCatalog.Column> columns = columns(name);
        // Somebody may have dropped a loaded table by hand.
        if (!columns.isEmpty()) {
            tables.add(new Inspected(name, type, columns));
        }
    }

    private List<TableCatalog.Column> columns(String table) {
        List<TableCatalog.Column> columns = new ArrayList<>();
        database.forEach("""
                SELECT column_name, data_type FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main' AND table_name = ?
                ORDER BY column_index
                """, row -> columns.add(new TableCatalog.Column(row.getString(1), row.getString(2))), table);
        return columns;
    }
}
