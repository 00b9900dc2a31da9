package io.github.tandemfetch.query;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.load.engine.EngineErrors;
import io.github.tandemfetch.query.TableInspector.Inspected;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the pump data tables and the loaded tables, in this order. */
final class InspectedTableFinder {
    private static final String LOADED = "_metadata";

    private final Database database;

    InspectedTableFinder(Database database) {
        this.database = database;
    }

    List<Inspected> all() {
        Map<String, List<TableCatalog.Column>> columns = columns();
        Map<String, String> types = new LinkedHashMap<>();
        for (PumpTable table : PumpTable.all()) {
            types.put(table.tableName(), "pump");
        }
        if (columns.containsKey(LOADED)) {
            database.forEach(
                    "SELECT table_name, type FROM _metadata ORDER BY table_name",
                    row -> types.put(row.getString(1), row.getString(2)));
        }
        // A loaded table may have been dropped by hand.
        types.keySet().retainAll(columns.keySet());
        return types.entrySet().stream()
                .map(table -> new Inspected(table.getKey(), table.getValue(), columns.get(table.getKey())))
                .toList();
    }

    Inspected named(String name) {
        List<Inspected> all = all();
        return all.stream()
                .filter(table -> table.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> EngineErrors.tableNotFound(
                        name, all.stream().map(Inspected::name).toList()));
    }

    private Map<String, List<TableCatalog.Column>> columns() {
        Map<String, List<TableCatalog.Column>> columns = new HashMap<>();
        database.forEach("""
                SELECT table_name, column_name, data_type FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main'
                ORDER BY table_name, column_index
                """, row -> columns.computeIfAbsent(row.getString(1), table -> new ArrayList<>())
                .add(new TableCatalog.Column(row.getString(2), row.getString(3))));
        return columns;
    }
}
