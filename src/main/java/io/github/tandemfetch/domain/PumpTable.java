package io.github.tandemfetch.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The tables of pump data that a person looks at and exports, in the order in which they are filled. */
@RegisterForReflection
public enum PumpTable implements TimedTable {
    /** Events exactly as the service sent them. */
    RAW_EVENTS("raw_events", "event_timestamp"),
    /** Events with their names, UTC times and labels. */
    EVENTS("events", "timestamp"),
    /** Glucose readings, mg/dL. */
    CGM_READINGS("cgm_readings", "timestamp"),
    /** Basal rates, mU/h. */
    BASAL_DELIVERIES("basal_deliveries", "timestamp");

    private final String tableName;
    private final String timeColumn;

    PumpTable(String tableName, String timeColumn) {
        this.tableName = tableName;
        this.timeColumn = timeColumn;
    }

    @Override
    @JsonValue
    public String tableName() {
        return tableName;
    }

    /** When a row's event happened, in UTC. */
    @Override
    public String timeColumn() {
        return timeColumn;
    }

    @Override
    public String keyColumn() {
        return "id";
    }

    /**
     * The table of a name.
     *
     * @param name a table's name
     * @return empty where no table of pump data has that name
     */
    public static Optional<PumpTable> named(String name) {
        return Arrays.stream(values())
                .filter(table -> table.tableName.equals(name))
                .findFirst();
    }

    /**
     * Whether a table of pump data has a name, as the database sees it: upper and lower case are the same.
     *
     * @param name a table's name
     * @return true for a table of pump data
     */
    public static boolean isNamed(String name) {
        return names().stream().anyMatch(name::equalsIgnoreCase);
    }

    /**
     * All names, in the order in which the tables are filled.
     *
     * @return the names
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(PumpTable::tableName).toList();
    }
}
