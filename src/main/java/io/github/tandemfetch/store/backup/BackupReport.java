package io.github.tandemfetch.store.backup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a backup.
 *
 * @param tables the row count of each table, verified in the copy
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record BackupReport(String database, String file, long sizeBytes, Map<String, Long> tables, double seconds) {

    public BackupReport {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }
}
