package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The failures of queries and inspections that nobody handles by their type. */
final class QueryErrors {
    private static final String ONE_QUERY = "Give one query that reads tables of this database:"
            + " SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, EXPLAIN.";

    private QueryErrors() {}

    static DatabaseException columnNotFound(String table, String column, List<String> columns) {
        return noColumn(
                table,
                "The table '" + table + "' has no column '" + column + "'.",
                NearestName.advice(column, columns));
    }

    /** The table has no column of the kind that is needed. */
    static DatabaseException noColumnOfKind(String table, String kind, String remedy) {
        return noColumn(table, "The table '" + table + "' has no " + kind + ".", remedy);
    }

    private static DatabaseException noColumn(String table, String message, String remedy) {
        return new DatabaseException(
                "COLUMN_NOT_FOUND", message, remedy, ExitStatus.INVALID_USAGE, null, Map.of("table", table));
    }

    /** Not a read-only query, or several, or none. */
    static DatabaseException refused(String message) {
        return refused(message, ONE_QUERY, null);
    }

    static DatabaseException refused(String message, Throwable cause) {
        return refused(message, ONE_QUERY, cause);
    }

    static DatabaseException refused(String message, String remedy) {
        return refused(message, remedy, null);
    }

    private static DatabaseException refused(String message, String remedy, Throwable cause) {
        return new DatabaseException("QUERY_REFUSED", message, remedy, ExitStatus.INVALID_USAGE, cause);
    }

    static DatabaseException outputNotWritten(IOException cause) {
        return new DatabaseException(
                "OUTPUT_NOT_WRITTEN",
                "The result could not be written: " + cause.getMessage() + ".",
                "Check where the output goes.",
                cause);
    }
}
