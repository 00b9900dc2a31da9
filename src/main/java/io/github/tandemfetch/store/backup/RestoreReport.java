package io.github.tandemfetch.store.backup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of putting a backup in the place of the database.
 *
 * @param database the database
 * @param from the backup
 * @param replaced where the former database lies now; null where there was none
 * @param tables how many rows each table has
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record RestoreReport(String database, String from, String replaced, Map<String, Long> tables) {

    /** Copies the map. */
    public RestoreReport {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }
}
