package io.github.tandemfetch.store;

import java.sql.SQLException;
import java.util.Locale;

/**
 * What is wrong with a person's own statement, read from the text of the engine's failure.
 *
 * @param kind what happened
 * @param message the engine's first line
 * @param hint what the engine proposes; empty where it proposes nothing
 */
public record StatementFailure(Kind kind, String message, String hint) {
    /** What happened. */
    public enum Kind {
        /** The statement names a table that is not there. */
        NO_SUCH_TABLE,
        /** The statement cannot be understood: its grammar, a column, a type. */
        NOT_UNDERSTOOD,
        /** The statement wants what it may not have: a file, a setting, a change. */
        FORBIDDEN,
        /** The statement was stopped. */
        STOPPED,
        /** The values of a row do not fit, or there is not enough memory. */
        FAILED
    }

    /**
     * Reads a failure.
     *
     * @param failure the engine's failure
     * @return what happened
     */
    public static StatementFailure of(SQLException failure) {
        String text = String.valueOf(failure.getMessage());
        String first = text.lines().findFirst().orElse("unknown reason");
        String hint = text.lines()
                .filter(line -> line.startsWith("Did you mean") || line.startsWith("Candidate"))
                .findFirst()
                .orElse("");
        return new StatementFailure(kind(first.toLowerCase(Locale.ROOT)), first, hint);
    }

    private static Kind kind(String text) {
        if (text.startsWith("catalog error: table with name") || text.startsWith("catalog error: view with name")) {
            return Kind.NO_SUCH_TABLE;
        }
        if (text.startsWith("permission error")
                || text.contains("read-only mode")
                || text.contains("has been locked")
                || text.contains("data-modifying")) {
            return Kind.FORBIDDEN;
        }
        if (text.startsWith("interrupt")) {
            return Kind.STOPPED;
        }
        return text.startsWith("parser error")
                        || text.startsWith("binder error")
                        || text.startsWith("catalog error")
                        || text.startsWith("syntax error")
                        || text.contains("values were not provided for")
                        || text.contains("parameter argument/count mismatch")
                ? Kind.NOT_UNDERSTOOD
                : Kind.FAILED;
    }
}
