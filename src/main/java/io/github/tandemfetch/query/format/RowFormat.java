package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.RowSink;
import java.io.IOException;

/** Writes a result in one format. */
public interface RowFormat extends RowSink {
    /**
     * Ends the result.
     *
     * @throws IOException where it cannot be written
     */
    void end() throws IOException;
}
