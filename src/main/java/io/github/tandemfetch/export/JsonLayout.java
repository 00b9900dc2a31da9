package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import io.github.tandemfetch.store.TimestampText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * JSON objects, one a line, as an array or as JSON Lines. Where there is stored JSON, the lines are put together here and
 * written by the engine's CSV writer, which adds nothing to them: the engine's own JSON writer, the faster one for the
 * rest, reads stored JSON and writes it anew, which loses digits of long numbers and lets a bare {@code NaN} through.
 */
final class JsonLayout implements FileLayout {
    private static final String LINES = "FORMAT csv, HEADER false, DELIMITER '', QUOTE '', ESCAPE '', NULLSTR ''";
    // What the engine takes for JSON and RFC 8259 does not, and line breaks. Found inside of a text it does no harm,
    // since the repair leaves texts as they are, but it takes ten times as long: a name such as "egvInfo" must not be
    // found.
    private static final String SUSPICIOUS = "(?:^|[:,\\[\\s+-])(?i:nan|inf)|[\\r\\n]|,\\s*[\\]}]";
    // Whatever has something suspicious has one of these, or begins with "Inf". The engine finds a text ten times as
    // quickly as an expression, and few events have any.
    private static final List<String> SIGNS = List.of(
            " ", "\t", "\n", "\r", "F", "nan", "Nan", "aN", "An", "AN", "inf", "Nf", ":Inf", ",Inf", "[Inf", "-Inf",
            "+Inf", ",}", ",]");
    private static final String TEXTS_AND_THE_REST = "\"(?:[^\"\\\\]|\\\\.)*\"|[^\"]+";
    private static final String NOT_A_NUMBER = "[-+]?(?i:nan|infinity|inf)";
    private static final String COMMA_AT_THE_END = ",\\s*([\\]}])";

    private final boolean array;
    private final ExportCompression compression;

    JsonLayout(boolean array, ExportCompression compression) {
        this.array = array;
        this.compression = compression;
    }

    @Override
    public String query(SelectedRows rows) {
        if (!hasStoredJson(rows)) {
            return "SELECT " + rows.columns().stream().map(JsonLayout::plain).collect(Collectors.joining(", "))
                    + " FROM (" + rows.inOrder() + ")";
        }
        List<String> parts = new ArrayList<>();
        String before = "{";
        for (Column column : rows.columns()) {
            parts.add(Literal.of(before + jsonText(column.name()) + ":"));
            parts.add(value(column));
            before = ",";
        }
        return "SELECT concat(" + String.join(", ", parts) + ", '}') AS line FROM (" + rows.inOrder() + ")";
    }

    @Override
    public String options(SelectedRows rows, long expected, int rowGroupRows) {
        String packed = ", COMPRESSION " + FileLayout.codec(compression);
        // The engine's empty array holds a blank line.
        if (array && expected == 0) {
            return LINES + packed + ", PREFIX '[', SUFFIX E']\\n'";
        }
        if (!hasStoredJson(rows)) {
            return "FORMAT json, ARRAY " + array + packed;
        }
        return LINES + packed + (array ? ", PREFIX E'[\\n\\t', SUFFIX E'\\n]\\n', NEW_LINE E',\\n\\t'" : "");
    }

    private static boolean hasStoredJson(SelectedRows rows) {
        return rows.columns().stream().anyMatch(column -> column.type().equals("JSON"));
    }

    private static String plain(Column column) {
        String name = Identifier.quoted(column.name());
        return switch (column.type()) {
            case "TIMESTAMP WITH TIME ZONE" -> TimestampText.utc(name, "") + " AS " + name;
            case "TIMESTAMP" -> TimestampText.local(name, "") + " AS " + name;
            case "DOUBLE", "FLOAT" -> "CASE WHEN isfinite(" + name + ") THEN " + name + " END AS " + name;
            default -> name;
        };
    }

    private static String value(Column column) {
        String name = Identifier.quoted(column.name());
        return switch (column.type()) {
            case "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "BOOLEAN" -> orNull("CAST(" + name + " AS VARCHAR)");
            case "TIMESTAMP WITH TIME ZONE" -> orNull(TimestampText.utc(name, "\""));
            case "TIMESTAMP" -> orNull(TimestampText.local(name, "\""));
            // JSON has no way to write "not a number" or infinity.
            case "DOUBLE", "FLOAT" ->
                "CASE WHEN isfinite(" + name + ") THEN CAST(" + name + " AS VARCHAR) ELSE 'null' END";
            case "JSON" -> nested(name);
            default -> orNull("CAST(to_json(" + name + ") AS VARCHAR)");
        };
    }

    private static String orNull(String expression) {
        return "coalesce(" + expression + ", 'null')";
    }

    // Stored JSON goes into the file as it is stored, so that its numbers keep every digit.
    private static String nested(String name) {
        String text = "CAST(" + name + " AS VARCHAR)";
        return """
                CASE WHEN %1$s IS NULL THEN 'null'
                     WHEN NOT json_valid(%1$s) THEN CAST(to_json(%1$s) AS VARCHAR)
                     WHEN NOT (%6$s) THEN %1$s
                     WHEN regexp_matches(%1$s, %2$s) THEN array_to_string(list_transform(
                         regexp_extract_all(%1$s, %3$s),
                         lambda part: CASE WHEN part[1] = '"' THEN part ELSE regexp_replace(regexp_replace(regexp_replace(
                             part, %4$s, 'null', 'g'), %5$s, '\\1', 'g'), '[\\r\\n]+', ' ', 'g') END), '')
                     ELSE %1$s END""".formatted(
                        text,
                        Literal.of(SUSPICIOUS),
                        Literal.of(TEXTS_AND_THE_REST),
                        Literal.of(NOT_A_NUMBER),
                        Literal.of(COMMA_AT_THE_END),
                        anySign(text));
    }

    private static String anySign(String text) {
        return SIGNS.stream()
                .map(sign -> "contains(" + text + ", " + Literal.of(sign) + ")")
                .collect(Collectors.joining(" OR ", "starts_with(" + text + ", 'Inf') OR ", ""));
    }

    private static String jsonText(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
