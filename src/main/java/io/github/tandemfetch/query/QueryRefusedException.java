package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;

/** The statement is none that only reads this database, or it is several, or none. */
public final class QueryRefusedException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    QueryRefusedException(String message) {
        this(message, (Throwable) null);
    }

    QueryRefusedException(String message, Throwable cause) {
        this(
                message,
                "Give one statement that reads tables of this database:"
                        + " SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, EXPLAIN.",
                cause);
    }

    QueryRefusedException(String message, String remedy) {
        this(message, remedy, null);
    }

    private QueryRefusedException(String message, String remedy, Throwable cause) {
        super("QUERY_REFUSED", message, remedy, ExitStatus.INVALID_USAGE, cause);
    }
}
