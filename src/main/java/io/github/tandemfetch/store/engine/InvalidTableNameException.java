package io.github.tandemfetch.store.engine;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.DatabaseException;
import java.util.Map;

/** The name is none that a loaded table may have. */
public final class InvalidTableNameException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String table;

    InvalidTableNameException(String table, String problem) {
        super(
                "INVALID_TABLE_NAME",
                problem,
                "Use letters A to Z, digits and underscores, up to 255, and no underscore in front.",
                ExitStatus.INVALID_USAGE,
                null);
        this.table = String.valueOf(table);
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("table", table);
    }
}
