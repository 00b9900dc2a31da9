package io.github.tandemfetch.query.format;

import io.github.tandemfetch.query.RowSink;
import java.io.IOException;

/** Writes a result in one format. */
public interface RowFormat extends RowSink {
    /** Called once after the last row. */
    void end() throws IOException;
}
