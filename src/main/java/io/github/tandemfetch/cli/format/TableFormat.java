package io.github.tandemfetch.cli.format;

import io.github.tandemfetch.store.query.ResultColumn;
import io.github.tandemfetch.store.query.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** Columns that line up, numbers to the right. It keeps all rows until the end, to know how wide they are. */
public final class TableFormat implements ResultFormat {
    private static final String GAP = "  ";

    private final Writer out;
    private final int widestCell;
    private final List<List<String>> lines = new ArrayList<>();
    private List<ResultColumn> columns = List.of();

    /**
     * Begins a table.
     *
     * @param out where to write
     * @param widestCell values that are longer are cut off there
     */
    public TableFormat(Writer out, int widestCell) {
        this.out = out;
        this.widestCell = widestCell;
    }

    @Override
    public void begin(List<ResultColumn> begun) {
        columns = begun;
        lines.add(begun.stream()
                .map(column -> cut(PrintableText.cell(column.name())))
                .toList());
    }

    @Override
    public void row(List<String> values) {
        lines.add(values.stream().map(value -> cut(PrintableText.cell(value))).toList());
    }

    @Override
    public void end() throws IOException {
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(line.get(i)));
            }
        }
        for (List<String> line : lines) {
            out.write(aligned(line, widths));
        }
    }

    private String aligned(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - width(line.get(i)));
            boolean right = columns.get(i).kind() == ValueKind.NUMBER;
            text.append(i == 0 ? "" : GAP).append(right ? padding + line.get(i) : line.get(i) + padding);
        }
        return text.toString().stripTrailing() + "\n";
    }

    private String cut(String text) {
        if (width(text) <= widestCell) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, widestCell - 1)) + "…";
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
