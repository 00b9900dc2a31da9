package io.github.tandemfetch.cli;

import io.github.tandemfetch.export.ExportFormat;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Iterator;

/** The names that {@code --format} takes, for the shell to offer. */
@Singleton
@Unremovable
class FormatNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return ExportFormat.names().iterator();
    }
}
