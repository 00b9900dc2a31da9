package io.github.tandemfetch.load.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The {@code _metadata} row of each loaded table, and its filters. Both tables are created with the first row: a file
 * without loaded tables has neither.
 */
final class MetadataTable {
    private static final String CREATE = """
            CREATE TABLE IF NOT EXISTS _metadata (
                table_name VARCHAR PRIMARY KEY,
                type VARCHAR NOT NULL,
                fetched_at TIMESTAMP NOT NULL,
                from_date DATE,
                to_date DATE,
                row_count INTEGER NOT NULL
            )
            """;
    private static final String CREATE_FILTERS = """
            CREATE TABLE IF NOT EXISTS _metadata_filters (
                table_name VARCHAR PRIMARY KEY,
                filter_events JSON,
                filter_where VARCHAR
            )
            """;

    private final Database database;
    private final ObjectMapper json = new ObjectMapper();

    MetadataTable(Database database) {
        this.database = database;
    }

    void create() {
        database.execute(CREATE);
        database.execute(CREATE_FILTERS);
    }

    List<TableInfo> all() {
        List<TableInfo> tables = new ArrayList<>();
        if (exists()) {
            database.forEach(select("ORDER BY table_name"), row -> tables.add(read(row)));
        }
        return tables;
    }

    Optional<TableInfo> of(String name) {
        return exists()
                ? database.first(select("WHERE lower(table_name) = lower(?)"), this::read, name)
                : Optional.empty();
    }

    void put(TableInfo table) {
        TableMetadata metadata = table.metadata();
        database.update(
                "INSERT OR REPLACE INTO _metadata VALUES (?, ?, ?, ?, ?, ?)",
                table.name(),
                metadata.type().text(),
                LocalDateTime.ofInstant(metadata.fetchedAt(), ZoneOffset.UTC),
                metadata.fromDate(),
                metadata.toDate(),
                table.rowCount());
        database.update("DELETE FROM _metadata_filters WHERE table_name = ?", table.name());
        if (metadata.filterEvents() != null || metadata.filterWhere() != null) {
            database.update(
                    "INSERT INTO _metadata_filters VALUES (?, ?, ?)",
                    table.name(),
                    text(metadata.filterEvents()),
                    metadata.filterWhere());
        }
    }

    void remove(String name) {
        database.update("DELETE FROM _metadata WHERE lower(table_name) = lower(?)", name);
        database.update("DELETE FROM _metadata_filters WHERE lower(table_name) = lower(?)", name);
    }

    private boolean exists() {
        return database.first("""
                        SELECT count(*) FROM duckdb_tables()
                        WHERE database_name = current_database() AND schema_name = 'main'
                          AND table_name IN ('_metadata', '_metadata_filters')
                        """, row -> row.getLong(1) == 2).orElse(false);
    }

    private static String select(String which) {
        return """
                SELECT table_name, type, fetched_at, from_date, to_date, row_count, filter_events, filter_where
                FROM _metadata LEFT JOIN _metadata_filters USING (table_name)
                """ + which;
    }

    private TableInfo read(ResultSet row) throws SQLException {
        Instant fetchedAt = row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        return new TableInfo(
                row.getString(1),
                new TableMetadata(
                        TableType.of(row.getString(2)),
                        fetchedAt,
                        row.getObject(4, LocalDate.class),
                        row.getObject(5, LocalDate.class),
                        names(row.getString(7)),
                        row.getString(8)),
                row.getLong(6));
    }

    private String text(List<String> names) {
        try {
            return names == null ? null : json.writeValueAsString(names);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of texts is always JSON.", e);
        }
    }

    private List<String> names(String text) {
        if (text == null) {
            return null;
        }
        try {
            return List.of(json.readValue(text, String[].class));
        } catch (JsonProcessingException e) {
            throw EngineErrors.invalidMetadata(
                    "The filter in _metadata_filters is not a JSON array of strings.",
                    "Drop the table and load it again.");
        }
    }
}
