package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** A Markdown table. */
final class MarkdownFormat implements RowFormat {
    private final Writer out;

    MarkdownFormat(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) throws IOException {
        row(columns.stream().map(ResultColumn::name).toList());
        out.write(columns.stream()
                .map(column -> column.kind() == ValueKind.NUMBER ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public void row(List<String> values) throws IOException {
        for (String value : values) {
            out.write("| ");
            write(value);
            out.write(' ');
        }
        out.write("|\n");
    }

    @Override
    public void end() {
        // Each row ends its own line.
    }

    // A value may be many megabytes large, so it is not copied.
    private void write(String value) throws IOException {
        if (value == null) {
            CellText.write(null, out);
            return;
        }
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            String instead = instead(c);
            if (instead != null) {
                out.write(value, written, i - written);
                out.write(instead);
                written = i + 1;
            }
        }
        out.write(value, written, value.length() - written);
    }

    private static String instead(char c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '|' -> "\\|";
            case '<' -> "&lt;";
            default -> PrintableText.needsEscape(c) ? PrintableText.escape(c) : null;
        };
    }
}
