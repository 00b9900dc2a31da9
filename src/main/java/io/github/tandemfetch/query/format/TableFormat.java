package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns, numbers to the right. The first rows determine the widths; each later row is written at once. A
 * value wider than its column is written in full and shifts only the rest of its own row.
 */
public final class TableFormat implements RowFormat {
    public static final int ANY_WIDTH = Integer.MAX_VALUE;

    /** How many rows are measured before the first is written. */
    public static final int ROWS_MEASURED = 1_000;

    // A few wide rows could fill the memory.
    private static final long CHARACTERS_MEASURED = 1_000_000;

    // Otherwise one huge value would pad every row.
    private static final int WIDEST_COLUMN = 1_000;

    private static final int GAP = 2;
    private static final String SPACES = " ".repeat(WIDEST_COLUMN);

    private final Writer out;
    private final int widestCell;
    private final int rowsMeasured;
    private final List<List<String>> unmeasured = new ArrayList<>();
    private long room;
    private boolean measured;
    private List<ResultColumn> columns = List.of();
    private int[] widths = new int[0];

    /**
     * Creates a format that measures the first {@link #ROWS_MEASURED} rows.
     *
     * @param widestCell longer values are truncated; {@link #ANY_WIDTH} for none
     */
    TableFormat(Writer out, int widestCell) {
        this(out, widestCell, ROWS_MEASURED, CHARACTERS_MEASURED);
    }

    private TableFormat(Writer out, int widestCell, int rowsMeasured, long charactersMeasured) {
        this.out = out;
        this.widestCell = widestCell;
        this.rowsMeasured = rowsMeasured;
        this.room = charactersMeasured;
    }

    /** A format that keeps all rows in memory until the end, so that every line is aligned. */
    public static TableFormat measuringAllRows(Writer out) {
        return new TableFormat(out, ANY_WIDTH, Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void begin(List<ResultColumn> begun) {
        columns = begun;
        widths = new int[begun.size()];
        keep(shown(begun.stream().map(ResultColumn::name).toList()));
    }

    @Override
    public void row(List<String> values) throws IOException {
        List<String> cells = shown(values);
        if (measured) {
            write(cells);
            return;
        }
        keep(cells);
        // The header is one of them.
        if (unmeasured.size() > rowsMeasured || room < 0) {
            writeMeasured();
        }
    }

    @Override
    public void end() throws IOException {
        writeMeasured();
    }

    private List<String> shown(List<String> values) {
        List<String> cells = new ArrayList<>(values.size());
        for (String value : values) {
            cells.add(widestCell == ANY_WIDTH ? value : CellText.cut(value, widestCell));
        }
        return cells;
    }

    private void keep(List<String> cells) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            widths[i] = Math.max(widths[i], CellText.width(cell, WIDEST_COLUMN));
            room -= cell == null ? 0 : cell.length();
        }
        unmeasured.add(cells);
    }

    private void writeMeasured() throws IOException {
        measured = true;
        for (List<String> cells : unmeasured) {
            write(cells);
        }
        unmeasured.clear();
    }

    private void write(List<String> cells) throws IOException {
        // Spaces are written together with the next cell, so that no line has trailing ones.
        int spaces = 0;
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            int padding = widths[i] - CellText.width(cell, widths[i]);
            boolean right = columns.get(i).kind() == ValueKind.NUMBER;
            spaces += right ? padding : 0;
            if (cell == null || !cell.isEmpty()) {
                writeSpaces(spaces);
                CellText.write(cell, out);
                spaces = 0;
            }
            spaces += (right ? 0 : padding) + GAP;
        }
        out.write('\n');
    }

    private void writeSpaces(int count) throws IOException {
        for (int left = count; left > 0; left -= SPACES.length()) {
            out.write(SPACES, 0, Math.min(left, SPACES.length()));
        }
    }
}
