package io.github.tandemfetch.query;

import java.io.IOException;
import java.util.List;

/** Takes a result, row by row. */
public interface RowSink {
    /**
     * Takes the columns, before any row and also where there is none.
     *
     * @param columns the columns, in order
     * @throws IOException where the result cannot be passed on
     */
    void begin(List<ResultColumn> columns) throws IOException;

    /**
     * Takes a row.
     *
     * @param values the text of each value, null for NULL
     * @throws IOException where the result cannot be passed on
     */
    void row(List<String> values) throws IOException;
}
