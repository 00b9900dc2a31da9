package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.ResultColumn;
import io.github.tandemfetch.query.RowSink;
import java.io.IOException;
import java.util.List;

/** Passes on the first rows of a result, and notes whether there were more. */
final class FirstRows implements RowSink {
    private final RowSink rows;
    private long left;
    private boolean exceeded;

    FirstRows(RowSink rows, long most) {
        this.rows = rows;
        this.left = most;
    }

    @Override
    public void begin(List<ResultColumn> columns) throws IOException {
        rows.begin(columns);
    }

    @Override
    public void row(List<String> values) throws IOException {
        if (left == 0) {
            exceeded = true;
            return;
        }
        left--;
        rows.row(values);
    }

    boolean isExceeded() {
        return exceeded;
    }
}
