package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.List;

/** Looks up the tables of the database, loaded ones and others. */
final class EngineCatalog {
    private final Database database;
    private final MetadataTable metadata;

    EngineCatalog(Database database, MetadataTable metadata) {
        this.database = database;
        this.metadata = metadata;
    }

    List<TableInfo> loadedTables() {
        return metadata.all();
    }

    TableInfo loaded(String name) {
        return metadata.of(name).orElseThrow(() -> notLoaded(name));
    }

    TableSchema schema(String name) {
        List<ColumnInfo> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        database.forEach(
                """
                SELECT column_name, data_type, is_nullable, coalesce(key.columns, []).list_contains(column_name),
                    table_name
                FROM duckdb_columns() LEFT JOIN (
                    SELECT table_oid, constraint_column_names AS columns FROM duckdb_constraints()
                    WHERE constraint_type = 'PRIMARY KEY' AND database_name = current_database()) AS key
                    USING (table_oid)
                WHERE database_name = current_database() AND schema_name = 'main' AND lower(table_name) = lower(?)
                ORDER BY column_index
                """,
                row -> {
                    columns.add(
                            new ColumnInfo(row.getString(1), row.getString(2), row.getBoolean(3), row.getBoolean(4)));
                    names.add(row.getString(5));
                },
                name);
        if (columns.isEmpty()) {
            throw notFound(name);
        }
        return new TableSchema(names.get(0), columns);
    }

    boolean hasTable(String name) {
        return database.first("""
                        SELECT count(*) FROM (
                            SELECT table_name FROM duckdb_tables()
                            WHERE database_name = current_database() AND schema_name = 'main'
                            UNION ALL
                            SELECT view_name FROM duckdb_views()
                            WHERE database_name = current_database() AND schema_name = 'main')
                        WHERE lower(table_name) = lower(?)
                        """, row -> row.getLong(1) > 0, name).orElse(false);
    }

    DatabaseException notFound(String name) {
        // A loaded table that was dropped by hand still has its metadata.
        return EngineErrors.tableNotFound(
                name,
                metadata.all().stream()
                        .map(TableInfo::name)
                        .filter(loaded -> !loaded.equalsIgnoreCase(name))
                        .toList());
    }

    private DatabaseException notLoaded(String name) {
        return hasTable(name) ? EngineErrors.tableNotLoaded(name) : notFound(name);
    }
}
