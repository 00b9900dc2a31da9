package io.github.tandemfetch.store.backup;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a restore.
 *
 * @param replaced the path of the former database; null where there was none
 * @param tables the row count of each table
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record RestoreReport(String database, String from, String replaced, Map<String, Long> tables) {

    public RestoreReport {
        tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    }
}
