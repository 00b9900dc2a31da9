package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Map;

/** The name is none that a loaded table may have. */
public final class InvalidTableNameException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String table;

    private InvalidTableNameException(String table, String problem, String remedy) {
        super("INVALID_TABLE_NAME", problem, remedy, ExitStatus.INVALID_USAGE, null);
        this.table = String.valueOf(table);
    }

    static InvalidTableNameException malformed(String table, String problem) {
        return new InvalidTableNameException(
                table, problem, "Use letters A to Z, digits and underscores, up to 255, and no underscore in front.");
    }

    static InvalidTableNameException ofPump(String table) {
        return new InvalidTableNameException(
                table,
                "'" + table + "' is a table of pump data: nothing is loaded into it.",
                "Choose another name for your table.");
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("table", table);
    }
}
