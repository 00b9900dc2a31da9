package io.github.tandemfetch.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column, or a JSON path within a column. Never SQL: the name is quoted and the path is bound.
 *
 * @param column null for the table's JSON column
 * @param path a JSON path from {@code $}; null for the column itself
 */
record ColumnExpression(String column, String path) {
    // "properties ->> '$.country'" as in SQL, "properties.country", "$.country", "country".
    private static final Pattern ARROW = Pattern.compile("\\s*([^'\\s>-]+)\\s*->>?\\s*'([^']*)'\\s*");

    static ColumnExpression parse(String text) {
        Matcher arrow = ARROW.matcher(text);
        if (arrow.matches()) {
            return new ColumnExpression(arrow.group(1), fromRoot(arrow.group(2)));
        }
        if (text.startsWith("$")) {
            return new ColumnExpression(null, text);
        }
        int dot = text.indexOf('.');
        return dot < 0
                ? new ColumnExpression(text, null)
                : new ColumnExpression(text.substring(0, dot), fromRoot(text.substring(dot + 1)));
    }

    private static String fromRoot(String path) {
        return path.startsWith("$") ? path : "$." + path;
    }
}
