package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.ValueKind;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns that line up, numbers to the right. The first rows tell how wide the columns are; each later row is written
 * at once. A value that is wider than its column is written in full, and moves what stands behind it in its own row
 * only.
 */
public final class TableFormat implements ResultFormat {
    /** A value of any width. */
    public static final int ANY_WIDTH = Integer.MAX_VALUE;

    /** How many rows are read before the first is written, so that all of them line up. */
    public static final int ROWS_MEASURED = 1_000;

    // Rows may be wide, and few of them fill the memory then.
    private static final long CHARACTERS_MEASURED = 1_000_000;

    // One huge value would otherwise add as many spaces to every row.
    private static final int WIDEST_COLUMN = 1_000;

    private static final int GAP = 2;
    private static final String SPACES = " ".repeat(WIDEST_COLUMN);

    private final Writer out;
    private final int widestCell;
    private final List<List<String>> unmeasured = new ArrayList<>();
    private long room = CHARACTERS_MEASURED;
    private boolean measured;
    private List<ResultColumn> columns = List.of();
    private int[] widths = new int[0];

    /**
     * Begins a table.
     *
     * @param out where to write
     * @param widestCell values that are longer are cut off there; {@link #ANY_WIDTH} for none
     */
    public TableFormat(Writer out, int widestCell) {
        this.out = out;
        this.widestCell = widestCell;
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
        if (unmeasured.size() > ROWS_MEASURED || room < 0) {
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
        // Spaces are written with the cell behind them, so that none stands at the end of a line.
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
