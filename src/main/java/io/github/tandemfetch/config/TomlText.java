package io.github.tandemfetch.config;

/**
 * TOML basic strings, for writing. Jackson's generator writes dotted keys where people expect a {@code [tandem]} table
 * to edit.
 */
final class TomlText {
    private TomlText() {}

    /** The text in double quotes, such that every TOML reader gives it back exactly. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f) {
                quoted.append(String.format("\\u%04X", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Whether the text is Unicode that a file can hold: a lone surrogate would silently become a question mark. */
    static boolean isWritable(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
