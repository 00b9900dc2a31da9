package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * CSV (RFC 4180) with LF line ends, identical to the output of {@code tandem export}. NULL is an empty field, an empty
 * text a quoted one.
 */
public final class CsvFormat implements RowFormat {
    private final Writer out;
    private boolean[] alwaysQuoted = new boolean[0];

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
                write(value, alwaysQuoted[i] || needsQuotes(value));
            }
        }
        out.write('\n');
    }

    @Override
    public void end() {
        // Each row ends its own line.
    }

    // A value may be many megabytes large, so it is not copied.
    private void write(String value, boolean quoted) throws IOException {
        if (!quoted) {
            out.write(value);
            return;
        }
        out.write('"');
        int written = 0;
        for (int quote = value.indexOf('"'); quote >= 0; quote = value.indexOf('"', written)) {
            out.write(value, written, quote + 1 - written);
            out.write('"');
            written = quote + 1;
        }
        out.write(value, written, value.length() - written);
        out.write('"');
    }

    // As the engine does in exports, also quotes what some readers treat as a comment.
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
