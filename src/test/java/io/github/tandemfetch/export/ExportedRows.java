package io.github.tandemfetch.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of a table and rows of a file as the same Java values, so that they can be compared: {@code Instant}, {@code
 * LocalDateTime}, {@code Long}, {@code Double}, {@code Boolean}, {@code String}, {@code JsonNode}, null.
 */
final class ExportedRows {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern UTC = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
    private static final Pattern LOCAL = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}");

    private final Database database;
    private final List<Column> columns;

    ExportedRows(Database database, PumpTable table) {
        this.database = database;
        this.columns = new TableCatalog(database).columns(table);
    }

    List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    List<List<Object>> query(String sql) {
        List<List<Object>> rows = new ArrayList<>();
        database.forEach(sql, row -> {
            List<Object> values = new ArrayList<>();
            for (Column column : columns) {
                values.add(fromDatabase(row, column));
            }
            rows.add(values);
        });
        return rows;
    }

    List<List<Object>> parquet(Path file) {
        return query("SELECT * FROM read_parquet(" + Literal.of(file) + ")");
    }

    List<List<Object>> csv(Path file) throws IOException {
        List<List<String>> records = CsvRecords.parse(Files.readString(file));
        if (!records.get(0).equals(columnNames())) {
            throw new AssertionError("header " + records.get(0));
        }
        List<List<Object>> rows = new ArrayList<>();
        for (List<String> record : records.subList(1, records.size())) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                values.add(
                        record.get(i) == null ? null : fromText(columns.get(i).type(), record.get(i)));
            }
            rows.add(values);
        }
        return rows;
    }

    List<List<Object>> json(Path file) throws IOException {
        JsonNode array = MAPPER.readTree(file.toFile());
        List<List<Object>> rows = new ArrayList<>();
        array.forEach(object -> rows.add(fromObject(object)));
        return rows;
    }

    List<List<Object>> jsonLines(Path file) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            rows.add(fromObject(MAPPER.readTree(line)));
        }
        return rows;
    }

    private List<Object> fromObject(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (!names.equals(columnNames())) {
            throw new AssertionError("fields " + names);
        }
        List<Object> values = new ArrayList<>();
        for (Column column : columns) {
            values.add(fromNode(column.type(), object.get(column.name())));
        }
        return values;
    }

    private static Object fromNode(String type, JsonNode node) {
        if (type.equals("JSON")) {
            return node;
        }
        if (node.isNull()) {
            return null;
        }
        boolean shaped =
                switch (type) {
                    case "BIGINT", "INTEGER" -> node.isIntegralNumber();
                    case "DOUBLE" -> node.isNumber();
                    case "BOOLEAN" -> node.isBoolean();
                    default -> node.isTextual();
                };
        if (!shaped) {
            throw new AssertionError(type + " written as " + node);
        }
        return fromText(type, node.asText());
    }

    private static Object fromText(String type, String text) {
        return switch (type) {
            case "TIMESTAMP WITH TIME ZONE" ->
                time(UTC, text, OffsetDateTime.parse(text).toInstant());
            case "TIMESTAMP" -> time(LOCAL, text, LocalDateTime.parse(text));
            case "JSON" -> tree(text);
            case "BIGINT", "INTEGER" -> Long.valueOf(text);
            case "DOUBLE" -> Double.valueOf(text);
            case "BOOLEAN" ->
                switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new AssertionError("boolean " + text);
                };
            case "VARCHAR" -> text;
            default -> throw new AssertionError("a column of type " + type);
        };
    }

    private static Object time(Pattern shape, String text, Temporal time) {
        if (!shape.matcher(text).matches()) {
            throw new AssertionError("time " + text);
        }
        return time;
    }

    private static Object fromDatabase(ResultSet row, Column column) throws SQLException {
        if (row.getObject(column.name()) == null) {
            return null;
        }
        return switch (column.type()) {
            case "TIMESTAMP WITH TIME ZONE" -> instant(row, column.name());
            case "TIMESTAMP" -> row.getObject(column.name(), LocalDateTime.class);
            case "JSON" -> tree(row.getString(column.name()));
            case "BIGINT", "INTEGER" -> row.getLong(column.name());
            case "DOUBLE" -> row.getDouble(column.name());
            case "BOOLEAN" -> row.getBoolean(column.name());
            default -> row.getString(column.name());
        };
    }

    private static Instant instant(ResultSet row, String name) throws SQLException {
        return row.getObject(name, OffsetDateTime.class).toInstant();
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
