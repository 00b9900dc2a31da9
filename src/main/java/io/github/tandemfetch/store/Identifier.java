package io.github.tandemfetch.store;

/** Writes names into SQL, where a value cannot stand for them. */
public final class Identifier {
    private Identifier() {}

    /**
     * Quotes a name, whatever is in it.
     *
     * @param name the name of a table or a column
     * @return the name as SQL takes it
     */
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
