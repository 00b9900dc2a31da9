package io.github.tandemfetch.store;

import java.sql.SQLException;
import java.util.Locale;

/**
 * A failure of a user's statement, read from the engine's message.
 *
 * @param message the engine's first line
 * @param hint the engine's suggestion; may be empty
 */
public record StatementFailure(Kind kind, String message, String hint) {
    public enum Kind {
        NO_SUCH_TABLE,
        /** A syntax error, an unknown column or a wrong type. */
        NOT_UNDERSTOOD,
        /** Access to a file, a setting or a change. */
        FORBIDDEN,
        /** Interrupted. */
        STOPPED,
        /** An invalid value, or out of memory. */
        FAILED
    }

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
