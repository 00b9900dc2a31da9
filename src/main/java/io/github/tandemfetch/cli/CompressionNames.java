package io.github.tandemfetch.cli;

import io.github.tandemfetch.export.ExportCompression;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Iterator;

/** The compressions that files of text can have, for completion and errors. */
@Singleton
@Unremovable
class CompressionNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return ExportCompression.names().iterator();
    }
}
