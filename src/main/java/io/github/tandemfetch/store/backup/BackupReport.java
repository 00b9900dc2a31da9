package io.github.tandemfetch.store.backup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a backup.
 *
 * @param database the database that was copied
 * @param file the copy
 * @param sizeBytes its size
 * @param tables how many rows each table has, counted in the copy too
 * @param seconds how long it took
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record BackupReport(String database, String file, long sizeBytes, Map<String, Long> tables, double seconds) {

    /** Copies the map. */
    public BackupReport {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }
}
