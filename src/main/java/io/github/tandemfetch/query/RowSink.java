package io.github.tandemfetch.query;

import java.io.IOException;
import java.util.List;

/** Receives a result row by row. */
public interface RowSink {
    /** Called once before the first row, also for an empty result. */
    void begin(List<ResultColumn> columns) throws IOException;

    /** @param values the text of each value, null for NULL */
    void row(List<String> values) throws IOException;
}
