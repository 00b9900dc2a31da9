package io.github.tandemfetch.store;

/** Writes texts into SQL, in the few places where the engine takes no bound values. */
public final class Literal {
    private Literal() {}

    /**
     * Quotes a text, whatever is in it.
     *
     * @param text the text
     * @return the text as SQL takes it
     */
    public static String of(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
