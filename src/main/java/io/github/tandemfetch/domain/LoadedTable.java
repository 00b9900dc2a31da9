package io.github.tandemfetch.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table that was made with {@code tandem load}.
 *
 * @param tableName its name
 * @param type {@code events} or {@code profiles}
 */
@RegisterForReflection
public record LoadedTable(@JsonValue String tableName, String type) implements TimedTable {
    private static final String EVENTS = "events";
    private static final String PROFILES = "profiles";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_]{0,254}");

    /**
     * Checks name and type.
     *
     * @throws IllegalArgumentException where no table that was loaded can have them
     */
    public LoadedTable {
        if (!NAME.matcher(tableName).matches() || PumpTable.isNamed(tableName)) {
            throw new IllegalArgumentException("Not the name of a loaded table");
        }
        if (!type.equals(EVENTS) && !type.equals(PROFILES)) {
            throw new IllegalArgumentException("Not the type of a loaded table");
        }
    }

    /**
     * The table of a line in {@code _metadata}, which anybody may have written.
     *
     * @param tableName the name there
     * @param type the type there
     * @return empty where no table that was loaded can have them
     */
    static Optional<LoadedTable> of(String tableName, String type) {
        try {
            return Optional.of(new LoadedTable(tableName, type));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String timeColumn() {
        return type.equals(EVENTS) ? "event_time" : "last_seen";
    }

    @Override
    public String keyColumn() {
        return type.equals(EVENTS) ? "insert_id" : "distinct_id";
    }
}
