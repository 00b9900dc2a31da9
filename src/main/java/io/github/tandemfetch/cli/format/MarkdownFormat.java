package io.github.tandemfetch.cli.format;

import io.github.tandemfetch.store.query.ResultColumn;
import io.github.tandemfetch.store.query.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;

/** A table for a text in Markdown. */
public final class MarkdownFormat implements ResultFormat {
    private final Writer out;

    /**
     * Begins.
     *
     * @param out where to write
     */
    public MarkdownFormat(Writer out) {
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
        out.write(values.stream().map(MarkdownFormat::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    @Override
    public void end() {
        // Every row has ended itself.
    }

    private static String cell(String value) {
        String text = value == null
                ? null
                : value.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;");
        return PrintableText.cell(text);
    }
}
