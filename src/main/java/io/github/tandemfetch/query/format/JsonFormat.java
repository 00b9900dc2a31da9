package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A JSON array with an object for each row; {@code []} for an empty result. */
final class JsonFormat implements RowFormat {
    private final Writer out;
    private JsonRow object = new JsonRow(List.of());
    private boolean empty = true;

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
