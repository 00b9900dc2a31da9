package io.github.tandemfetch.store;

/** Quotes the names of tables and columns for SQL. */
public final class Identifier {
    private Identifier() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
