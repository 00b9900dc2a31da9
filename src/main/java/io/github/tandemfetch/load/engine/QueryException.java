package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Map;

/** A statement failed. */
public final class QueryException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String sql;

    QueryException(String sql, Throwable cause) {
        super(
                "QUERY_FAILED",
                "The statement failed: " + firstLine(cause),
                "Correct the statement, and look at the names with 'tandem tables' and 'tandem schema TABLE'.",
                ExitStatus.STORAGE_FAILURE,
                cause);
        this.sql = sql;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("sql", sql);
    }

    private static String firstLine(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown reason");
    }
}
