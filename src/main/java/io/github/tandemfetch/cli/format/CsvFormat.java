package io.github.tandemfetch.cli.format;

import io.github.tandemfetch.store.query.ResultColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** CSV as RFC 4180 has it. NULL is an empty field, an empty text is a quoted one. */
public final class CsvFormat implements ResultFormat {
    private final Writer out;

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
                out.write(needsQuotes(value) ? '"' + value.replace("\"", "\"\"") + '"' : value);
            }
        }
        out.write("\r\n");
    }

    @Override
    public void end() {
        // Every row has ended itself.
    }

    private static boolean needsQuotes(String value) {
        if (value.isEmpty() || value.charAt(0) == ' ' || value.charAt(value.length() - 1) == ' ') {
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
