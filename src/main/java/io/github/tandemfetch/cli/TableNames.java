package io.github.tandemfetch.cli;

import io.github.tandemfetch.domain.PumpTable;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Iterator;

/** The names that {@code --tables} takes, for the shell to offer. */
@Singleton
@Unremovable
class TableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return PumpTable.names().iterator();
    }
}
