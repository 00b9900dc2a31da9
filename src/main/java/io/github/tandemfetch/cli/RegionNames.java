package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Region;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Iterator;

/** The names that {@code --region} takes, for the shell to offer. */
@Singleton
@Unremovable
class RegionNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(Region.values()).map(Region::name).iterator();
    }
}
