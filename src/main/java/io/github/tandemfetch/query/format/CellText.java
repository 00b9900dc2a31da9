package io.github.tandemfetch.query.format;

import java.io.IOException;
import java.io.Writer;

/**
 * Makes values fit for a line on a terminal: what would move the cursor is written out instead. A value may be many
 * megabytes large, so nothing here copies one.
 */
final class CellText {
    private static final String NULL = "NULL";

    private CellText() {}

    /** Writes a value in full. */
    static void write(String value, Writer out) throws IOException {
        String text = value == null ? NULL : value;
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (PrintableText.isHarmful(c)) {
                out.write(text, written, i - written);
                out.write(PrintableText.escape(c));
                written = i + 1;
            }
        }
        out.write(text, written, text.length() - written);
    }

    /**
     * How many characters a value takes.
     *
     * @param value the value, or null
     * @param most where counting ends
     * @return the number, or {@code most} where it is greater
     */
    static int width(String value, int most) {
        String text = value == null ? NULL : value;
        int width = 0;
        for (int i = 0; i < text.length() && width < most; i++) {
            char c = text.charAt(i);
            if (PrintableText.isHarmful(c)) {
                width += PrintableText.escape(c).length();
            } else if (!isSecondHalf(text, i)) {
                width++;
            }
        }
        return Math.min(width, most);
    }

    /**
     * A value as it is written, cut off where it is too wide.
     *
     * @param value the value, or null
     * @param widest how many characters it may take
     * @return the value, or its beginning with an ellipsis
     */
    static String cut(String value, int widest) {
        String text = value == null ? NULL : value;
        // Escapes only make it wider, and no character takes more than two of a string's.
        StringBuilder start = new StringBuilder();
        text.chars().limit(2L * widest + 2).forEach(c -> {
            if (PrintableText.isHarmful((char) c)) {
                start.append(PrintableText.escape((char) c));
            } else {
                start.append((char) c);
            }
        });
        return start.codePointCount(0, start.length()) <= widest
                ? start.toString()
                : start.substring(0, start.offsetByCodePoints(0, widest - 1)) + "…";
    }

    private static boolean isSecondHalf(String text, int i) {
        return i > 0 && Character.isLowSurrogate(text.charAt(i)) && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
