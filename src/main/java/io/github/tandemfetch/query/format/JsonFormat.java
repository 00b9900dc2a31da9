package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** One JSON array with an object for each row; {@code []} where there is none. */
final class JsonFormat implements RowFormat {
    private final Writer out;
    private JsonRow object = new JsonRow(List.of());
    private boolean empty = true;

    /**
     * Begins.
     *
     * @param out where to write
     */
    JsonFormat(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) throws IOException {
        object = new JsonRow(columns);
        out.write("[");
    }

    @Override
    public void row(List<String> values) throws IOException {
        out.write(empty ? "\n" : ",\n");
        object.write(values, out);
        empty = false;
    }

    @Override
    public void end() throws IOException {
        out.write(empty ? "]\n" : "\n]\n");
    }
}
