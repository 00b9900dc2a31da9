package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.ValueKind;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What every format is tried with. */
final class Rows {
    static final List<ResultColumn> COLUMNS = List.of(
            new ResultColumn("id", "BIGINT", ValueKind.NUMBER),
            new ResultColumn("text", "VARCHAR", ValueKind.TEXT),
            new ResultColumn("text", "VARCHAR", ValueKind.TEXT),
            new ResultColumn("ok", "BOOLEAN", ValueKind.BOOLEAN),
            new ResultColumn("data", "JSON", ValueKind.JSON));

    private Rows() {}

    @SafeVarargs
    static String written(Function<Writer, RowFormat> format, List<ResultColumn> columns, List<String>... rows) {
        StringWriter text = new StringWriter();
        try {
            RowFormat begun = format.apply(text);
            begun.begin(columns);
            for (List<String> row : rows) {
                begun.row(row);
            }
            begun.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static List<String> row(String... values) {
        return Arrays.asList(values);
    }

    static List<String> nulls() {
        return row(null, null, null, null, null);
    }
}
