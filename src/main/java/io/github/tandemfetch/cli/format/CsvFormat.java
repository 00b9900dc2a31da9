package io.github.tandemfetch.cli.format;

import io.github.tandemfetch.store.query.ResultColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * CSV as RFC 4180 has it, with lines that end in LF, byte for byte as {@code tandem export} writes it. NULL is an empty
 * field, an empty text is a quoted one.
 */
public final class CsvFormat implements ResultFormat {
    private final Writer out;
    private boolean[] alwaysQuoted = new boolean[0];

    /**
     * Begins.
     *
     * @param out where to write
     */
    public CsvFormat(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) throws IOException {
        alwaysQuoted = new boolean[columns.size()];
        for (int i = 0; i < alwaysQuoted.length; i++) {
            alwaysQuoted[i] = columns.get(i).type().equals("JSON");
        }
        row(columns.stream().map(ResultColumn::name).toList());
    }

    @Override
    public void row(List<String> values) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            String value = values.get(i);
            if (value != null) {
                out.write(alwaysQuoted[i] || needsQuotes(value) ? '"' + value.replace("\"", "\"\"") + '"' : value);
            }
        }
        out.write('\n');
    }

    @Override
    public void end() {
        // Every row has ended itself.
    }

    // The engine, which writes the exports, also quotes what some readers take for a comment.
    private static boolean needsQuotes(String value) {
        if (value.isEmpty() || value.charAt(0) == '#') {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == ',' || c == '"' || c == '\r' || c == '\n') {
                return true;
            }
        }
        return false;
    }
}
