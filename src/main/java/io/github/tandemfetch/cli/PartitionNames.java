package io.github.tandemfetch.cli;

import io.github.tandemfetch.export.PartitionUnit;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Iterator;

/** The stretches of time that an export can be parted by, for completion and errors. */
@Singleton
@Unremovable
class PartitionNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return PartitionUnit.names().iterator();
    }
}
