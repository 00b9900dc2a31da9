package io.github.tandemfetch.query.format;

/**
 * Makes text safe to print on a terminal, wherever it came from: control characters (C0, DEL, C1) and those that change
 * the direction of writing or end a line are replaced by an escape sequence that shows them. Text that is escaped already
 * is left alone.
 */
public final class PrintableText {
    private PrintableText() {}

    /**
     * Text for one line.
     *
     * @param text any text
     * @return the text without line ends and control characters
     */
    public static String line(String text) {
        return escaped(text, false);
    }

    /**
     * A JSON document, which stays the same document: outside of strings it has none of the characters that are escaped.
     *
     * @param document a JSON document; may be indented
     * @return the document with line ends and no other control characters
     */
    public static String json(String document) {
        return escaped(document, true);
    }

    private static String escaped(String text, boolean json) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean harmful = isHarmful(c) && !(json && c == '\n');
            if (harmful && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (harmful) {
                escaped.append(escape(c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /** Whether a character is never printed as it is. */
    static boolean isHarmful(char c) {
        if (c >= ' ' && c < '\u007f') {
            return false;
        }
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202A' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069';
    }

    /** What is printed instead of a harmful character. */
    static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }
}
