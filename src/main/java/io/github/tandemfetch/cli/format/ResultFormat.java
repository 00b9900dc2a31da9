package io.github.tandemfetch.cli.format;

import io.github.tandemfetch.store.query.RowSink;
import java.io.IOException;

/** Writes a result in one format. */
public interface ResultFormat extends RowSink {
    /**
     * Ends the result.
     *
     * @throws IOException where it cannot be written
     */
    void end() throws IOException;
}
