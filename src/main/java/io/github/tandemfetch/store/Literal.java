package io.github.tandemfetch.store;

import java.nio.file.Path;

/** Quotes strings for SQL where the engine takes no bound values. */
public final class Literal {
    private Literal() {}

    public static String of(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The absolute path. */
    public static String of(Path path) {
        return of(path.toAbsolutePath().toString());
    }
}
