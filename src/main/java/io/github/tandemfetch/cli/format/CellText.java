package io.github.tandemfetch.cli.format;

/** Makes values fit for a line on a terminal: what would move the cursor is written out instead. */
final class CellText {
    private CellText() {}

    static String of(String value) {
        if (value == null) {
            return "NULL";
        }
        StringBuilder text = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isHarmful(c)) {
                if (text == null) {
                    text = new StringBuilder(value.substring(0, i));
                }
                text.append(escaped(c));
            } else if (text != null) {
                text.append(c);
            }
        }
        return text == null ? value : text.toString();
    }

    private static boolean isHarmful(char c) {
        // Beside the control characters those that turn the direction of writing.
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || c >= '\u202A' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069';
    }

    private static String escaped(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }
}
