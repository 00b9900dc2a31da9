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
 * The line that each loaded table has in {@code _metadata}, and what it was filtered by. Both tables are made with the
 * first line: a file without loaded tables has neither.
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

    /**
     * A table's line.
     *
     * @param name the table, in the case in which it was made
     * @param metadata where its rows come from
     * @param rowCount how many they are
     */
    record Line(String name, TableMetadata metadata, long rowCount) {
        TableInfo info() {
            return new TableInfo(name, metadata.type(), rowCount, metadata.fetchedAt());
        }
    }

    void create() {
        database.execute(CREATE);
        database.execute(CREATE_FILTERS);
    }

    List<Line> all() {
        List<Line> lines = new ArrayList<>();
        if (isThere()) {
            database.forEach(select("ORDER BY table_name"), row -> lines.add(read(row)));
        }
        return lines;
    }

    Optional<Line> of(String name) {
        return isThere()
                ? database.first(select("WHERE lower(table_name) = lower(?)"), this::read, name)
                : Optional.empty();
    }

    void put(Line line) {
        TableMetadata metadata = line.metadata();
        database.update(
                "INSERT OR REPLACE INTO _metadata VALUES (?, ?, ?, ?, ?, ?)",
                line.name(),
                metadata.type().text(),
                LocalDateTime.ofInstant(metadata.fetchedAt(), ZoneOffset.UTC),
                metadata.fromDate(),
                metadata.toDate(),
                line.rowCount());
        database.update("DELETE FROM _metadata_filters WHERE table_name = ?", line.name());
        if (metadata.filterEvents() != null || metadata.filterWhere() != null) {
            database.update(
                    "INSERT INTO _metadata_filters VALUES (?, ?, ?)",
                    line.name(),
                    text(metadata.filterEvents()),
                    metadata.filterWhere());
        }
    }

    void remove(String name) {
        database.update("DELETE FROM _metadata WHERE lower(table_name) = lower(?)", name);
        database.update("DELETE FROM _metadata_filters WHERE lower(table_name) = lower(?)", name);
    }

    private boolean isThere() {
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

    private Line read(ResultSet row) throws SQLException {
        Instant fetchedAt = row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        return new Line(
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
            throw new InvalidMetadataException(
                    "The filter in _metadata_filters is no JSON array of texts.", "Drop the table and load it again.");
        }
    }
}
