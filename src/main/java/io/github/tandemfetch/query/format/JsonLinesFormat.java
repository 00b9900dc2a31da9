package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.ResultColumn;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** A JSON object on a line for each row. */
final class JsonLinesFormat implements RowFormat {
    private final Writer out;
    private JsonRow object = new JsonRow(List.of());

    JsonLinesFormat(Writer out) {
        this.out = out;
    }

    @Override
    public void begin(List<ResultColumn> columns) {
        object = new JsonRow(columns);
    }

    @Override
    public void row(List<String> values) throws IOException {
        object.write(values, out);
        out.write('\n');
    }

    @Override
    public void end() {
        // Each row ends its own line.
    }
}
