package io.github.tandemfetch.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table of pump data that a person looks at and exports.
 *
 * @param tableName its name
 * @param timeColumn the column that tells when a row's event happened, UTC
 */
@RegisterForReflection
public record PumpTable(@JsonValue String tableName, String timeColumn) implements TimedTable {
    /** Events exactly as the service sent them. */
    public static final PumpTable RAW_EVENTS = new PumpTable("raw_events", "event_timestamp");

    /** Events with their names, UTC times and labels. */
    public static final PumpTable EVENTS = new PumpTable("events", "timestamp");

    private static final List<PumpTable> ALL = Stream.concat(
                    Stream.of(RAW_EVENTS, EVENTS), DomainTables.ALL.stream().map(PumpTable::of))
            .toList();

    private static PumpTable of(DomainTable table) {
        return new PumpTable(table.name(), "timestamp");
    }

    @Override
    public String keyColumn() {
        return "id";
    }

    /** All tables, in the order in which they are filled. */
    public static List<PumpTable> all() {
        return ALL;
    }

    /** The table of a name; empty where no table of pump data has it. */
    public static Optional<PumpTable> named(String name) {
        return ALL.stream().filter(table -> table.tableName.equals(name)).findFirst();
    }

    /** Whether a table of pump data has a name, as the database sees it: upper and lower case are the same. */
    public static boolean isNamed(String name) {
        return names().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** All names, in the order in which the tables are filled. */
    public static List<String> names() {
        return ALL.stream().map(PumpTable::tableName).toList();
    }
}
