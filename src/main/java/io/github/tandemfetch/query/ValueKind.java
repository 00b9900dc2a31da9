package io.github.tandemfetch.query;

import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.TimestampText;
import java.util.Set;

/** How the text of a value is to be read. */
public enum ValueKind {
    /** A number with all its digits. */
    NUMBER,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** A JSON document: the value is JSON itself, or a list, a struct or a map. */
    JSON,
    /** Anything else: a string, a time, an interval, bytes. */
    TEXT;

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "BIGNUM",
            "FLOAT",
            "DOUBLE");
    private static final String TIMESTAMP_WITH_ZONE = "TIMESTAMP WITH TIME ZONE";

    static ValueKind of(String type) {
        if (type.endsWith("]") || type.startsWith("STRUCT(") || type.startsWith("MAP(") || type.startsWith("UNION(")) {
            return JSON;
        }
        if (NUMBERS.contains(type) || type.startsWith("DECIMAL(")) {
            return NUMBER;
        }
        return switch (type) {
            case "BOOLEAN" -> BOOLEAN;
            case "JSON", "VARIANT" -> JSON;
            default -> TEXT;
        };
    }

    /** SQL that converts a column to text, times in ISO 8601. */
    static String asText(String column, String type) {
        String name = Identifier.quoted(column);
        String text = "CAST(" + name + " AS VARCHAR)";
        if (type.equals("JSON")) {
            return text;
        }
        if (of(type) == JSON) {
            return "CAST(to_json(" + name + ") AS VARCHAR)";
        }
        if (!type.startsWith("TIMESTAMP")) {
            return text;
        }
        return "CASE WHEN isfinite(" + name + ") THEN " + time(name, type) + " ELSE " + text + " END";
    }

    private static String time(String name, String type) {
        return switch (type) {
            case TIMESTAMP_WITH_ZONE -> TimestampText.utc(name, "");
            case "TIMESTAMP_NS" -> "strftime(" + name + ", '%Y-%m-%dT%H:%M:%S.%n')";
            default -> TimestampText.local("CAST(" + name + " AS TIMESTAMP)", "");
        };
    }
}
