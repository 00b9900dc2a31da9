package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.StatementFailure;
import java.util.Map;

/** A person's statement was not understood, or failed while it ran. */
public final class QueryFailedException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String sql;

    private QueryFailedException(
            String sql, String code, String message, String remedy, ExitStatus exitStatus, Throwable cause) {
        super(code, message, remedy, exitStatus, cause);
        this.sql = sql;
    }

    static QueryFailedException of(String sql, StatementFailure failure, Throwable cause) {
        return switch (failure.kind()) {
            case NO_SUCH_TABLE ->
                new QueryFailedException(
                        sql,
                        "TABLE_NOT_FOUND",
                        failure.message(),
                        remedy(failure, "See 'tandem tables'."),
                        ExitStatus.TABLE_NOT_FOUND,
                        cause);
            case NOT_UNDERSTOOD -> notUnderstood(sql, failure.message(), failure.hint(), cause);
            default ->
                new QueryFailedException(
                        sql,
                        "QUERY_FAILED",
                        "The query failed: " + failure.message(),
                        remedy(failure, "Correct or narrow the query."),
                        ExitStatus.STORAGE_FAILURE,
                        cause);
        };
    }

    static QueryFailedException notUnderstood(String sql, String message, String hint, Throwable cause) {
        return new QueryFailedException(
                sql,
                "QUERY_FAILED",
                "SQL error: " + message,
                hint.isEmpty() ? "See 'tandem tables' and 'tandem schema TABLE'." : hint,
                ExitStatus.INVALID_USAGE,
                cause);
    }

    static QueryFailedException timeout(String sql, String after, Throwable cause) {
        return new QueryFailedException(
                sql,
                "QUERY_TIMEOUT",
                "Query timed out after " + after + ".",
                "Narrow the query, or raise --timeout.",
                ExitStatus.STORAGE_FAILURE,
                cause);
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("sql", sql);
    }

    private static String remedy(StatementFailure failure, String otherwise) {
        return failure.hint().isEmpty() ? otherwise : failure.hint();
    }
}
