package io.github.tandemfetch.query.format;

/**
 * Makes any text safe to print on a terminal: control characters (C0, DEL, C1), bidirectional overrides and line
 * separators are replaced by escape sequences. Escaped text stays unchanged.
 */
public final class PrintableText {
    private PrintableText() {}

    /** Escapes a text for one line. */
    public static String line(String text) {
        return escaped(text, false);
    }

    /**
     * Escapes a JSON document, which may be indented. Its meaning does not change: such characters occur only within
     * strings.
     */
    public static String json(String document) {
        return escaped(document, true);
    }

    private static String escaped(String text, boolean json) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escapes = needsEscape(c) && !(json && c == '\n');
            if (escapes && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escapes) {
                escaped.append(escape(c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /** Whether a character must be escaped. */
    static boolean needsEscape(char c) {
        if (c >= ' ' && c < '\u007f') {
            return false;
        }
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202A' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069';
    }

    /** The escape sequence of a character. */
    static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }
}
