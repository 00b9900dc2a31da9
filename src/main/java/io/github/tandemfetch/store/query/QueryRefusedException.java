package io.github.tandemfetch.store.query;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.DatabaseException;

/** The statement is none that only reads this database, or it is several, or none. */
public final class QueryRefusedException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    QueryRefusedException(String message, Throwable cause) {
        super(
                "QUERY_REFUSED",
                message,
                "Give one statement that reads tables of this database: SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE.",
                ExitStatus.INVALID_USAGE,
                cause);
    }
}
