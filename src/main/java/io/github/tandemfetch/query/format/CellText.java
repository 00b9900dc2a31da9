package io.github.tandemfetch.query.format;

import java.io.IOException;
import java.io.Writer;

/** Escapes control characters in values for display. A value may have many megabytes, so it is never copied. */
final class CellText {
    private static final String NULL = "NULL";

    private CellText() {}

    static void write(String value, Writer out) throws IOException {
        String text = value == null ? NULL : value;
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (PrintableText.needsEscape(c)) {
                out.write(text, written, i - written);
                out.write(PrintableText.escape(c));
                written = i + 1;
            }
        }
        out.write(text, written, text.length() - written);
    }

    /** The displayed width in characters, at most {@code most}. */
    static int width(String value, int most) {
        String text = value == null ? NULL : value;
        int width = 0;
        for (int i = 0; i < text.length() && width < most; i++) {
            char c = text.charAt(i);
            if (PrintableText.needsEscape(c)) {
                width += PrintableText.escape(c).length();
            } else if (!isSecondHalf(text, i)) {
                width++;
            }
        }
        return Math.min(width, most);
    }

    /** The displayed text, truncated with an ellipsis where it is wider than {@code widest} characters. */
    static String cut(String value, int widest) {
        String text = value == null ? NULL : value;
        // Escapes only make a text wider, and a character is at most two chars.
        StringBuilder start = new StringBuilder();
        text.chars().limit(2L * widest + 2).forEach(c -> {
            if (PrintableText.needsEscape((char) c)) {
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
