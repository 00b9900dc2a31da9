package io.github.tandemfetch.cli;

import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.domain.DomainTables;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Iterator;

/** The names that {@code extract} takes, for the shell to offer. */
@Singleton
@Unremovable
class DomainTableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return DomainTables.ALL.stream().map(DomainTable::name).iterator();
    }
}
