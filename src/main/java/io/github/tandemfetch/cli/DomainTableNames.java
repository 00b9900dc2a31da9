package io.github.tandemfetch.cli;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.pipeline.PipelineService;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Iterator;

/** The names that {@code extract} takes, for the shell to offer. */
@Singleton
@Unremovable
class DomainTableNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Arrays.stream(PumpTable.values())
                .filter(PipelineService.DOMAIN_TABLES::contains)
                .map(PumpTable::tableName)
                .iterator();
    }
}
