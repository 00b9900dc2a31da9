package io.github.tandemfetch.export;

import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog.Column;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The SQL that exports one table: which rows, in which order, and how each column is written in a format. */
final class ExportQuery {
    // Both keep six digits after the second on every row: readers that guess a column's format from its first rows
    // then read all of them.
    private static final String TIME_TEXT = "'%Y-%m-%dT%H:%M:%S.%f'";
    private static final String UTC_TEXT = "'%Y-%m-%dT%H:%M:%S.%f+00:00'";

    private final PumpTable table;
    private final List<Column> columns;
    private final DateRange days;
    private final ExportFormat format;

    ExportQuery(PumpTable table, List<Column> columns, DateRange days, ExportFormat format) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.days = days;
        this.format = format;
    }

    /** How many rows there are to export. */
    String count() {
        return "SELECT count(*) FROM " + identifier(table.tableName()) + where();
    }

    /** The rows as the file holds them, in time order, unknown times last, then by id. */
    String select() {
        String plain = columns.stream().map(column -> identifier(column.name())).collect(Collectors.joining(", "));
        // Sorting first and writing out as text afterwards: the sort then holds times and not their longer texts, which
        // is the difference between fitting into the engine's memory and not.
        return "SELECT " + columns.stream().map(this::written).collect(Collectors.joining(", ")) + " FROM (SELECT "
                + plain + " FROM " + identifier(table.tableName()) + where() + " ORDER BY "
                + identifier(table.timeColumn()) + " NULLS LAST, " + identifier("id") + ")";
    }

    /** Writes the rows to a file; the statement's update count is the number of rows. */
    String copyTo(Path file, int rowGroupRows) {
        return "COPY (" + select() + ") TO " + literal(file.toAbsolutePath().toString()) + " (" + options(rowGroupRows)
                + ", USE_TMP_FILE false)";
    }

    private String options(int rowGroupRows) {
        return switch (format) {
            case PARQUET -> "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + rowGroupRows;
            case CSV -> csvOptions();
            case JSON -> "FORMAT json, ARRAY true, COMPRESSION none";
            case JSONL -> "FORMAT json, ARRAY false, COMPRESSION none";
        };
    }

    private String csvOptions() {
        String json = columns.stream()
                .filter(column -> isJson(column))
                .map(column -> identifier(column.name()))
                .collect(Collectors.joining(", "));
        // Text that is empty is quoted, because it equals NULLSTR; a missing value is not.
        return "FORMAT csv, HEADER true, DELIMITER ',', QUOTE '\"', ESCAPE '\"', NULLSTR '', NEW_LINE '\\r\\n',"
                + " COMPRESSION none" + (json.isEmpty() ? "" : ", FORCE_QUOTE (" + json + ")");
    }

    private String written(Column column) {
        String name = identifier(column.name());
        String expression = format == ExportFormat.PARQUET ? inParquet(column, name) : asText(column, name);
        return expression.equals(name) ? name : expression + " AS " + name;
    }

    // Some readers take a JSON column in Parquet for bytes.
    private static String inParquet(Column column, String name) {
        return isJson(column) ? "CAST(" + name + " AS VARCHAR)" : name;
    }

    private String asText(Column column, String name) {
        return switch (column.type()) {
            // By way of the microseconds since 1970, so that the session's time zone has no say.
            case "TIMESTAMP WITH TIME ZONE" -> "strftime(make_timestamp(epoch_us(" + name + ")), " + UTC_TEXT + ")";
            case "TIMESTAMP" -> "strftime(" + name + ", " + TIME_TEXT + ")";
            case "JSON" -> format == ExportFormat.CSV ? "CAST(" + name + " AS VARCHAR)" : name;
            // JSON has no way to write "not a number" or infinity.
            case "DOUBLE", "FLOAT" ->
                format == ExportFormat.CSV ? name : "CASE WHEN isfinite(" + name + ") THEN " + name + " END";
            default -> name;
        };
    }

    private String where() {
        String time = identifier(table.timeColumn());
        String from = days.start() == null ? null : time + " >= " + midnight(days.start());
        String before =
                days.end() == null ? null : time + " < " + midnight(days.end().plusDays(1));
        if (from == null && before == null) {
            return "";
        }
        return " WHERE " + (from == null ? before : before == null ? from : from + " AND " + before);
    }

    private static String midnight(LocalDate day) {
        return "make_timestamptz(" + TimeUnit.DAYS.toMicros(day.toEpochDay()) + ")";
    }

    private static boolean isJson(Column column) {
        return column.type().equals("JSON");
    }

    private static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
