package io.github.tandemfetch.query.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Set;

/**
 * Writes a JSON document of the engine on one line: without white space, and with null for numbers that JSON lacks. The
 * document may have many megabytes, so it is copied without being parsed.
 */
final class CompactJson {
    private static final Set<String> WORDS = Set.of("true", "false", "null");
    private static final int LONGEST_WORD = 5;

    private final String json;

    CompactJson(String json) {
        this.json = json;
    }

    void write(JsonGenerator out) throws IOException {
        // Tells the generator that a value is written, for its separators.
        out.writeRawValue("");
        int next = 0;
        while (next < json.length()) {
            int start = next;
            char c = json.charAt(start);
            if (c == '"') {
                next = endOfString(start);
                out.writeRaw(json, start, next - start);
            } else if (isPartOfToken(c)) {
                next = endOfToken(start);
                if (isValid(start, next)) {
                    out.writeRaw(json, start, next - start);
                } else {
                    out.writeRaw("null");
                }
            } else {
                next = start + 1;
                if (c > ' ') {
                    out.writeRaw(c);
                }
            }
        }
    }

    private int endOfString(int start) {
        int i = start + 1;
        while (i < json.length() && json.charAt(i) != '"') {
            i += json.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + 1, json.length());
    }

    private int endOfToken(int start) {
        int i = start;
        while (i < json.length() && isPartOfToken(json.charAt(i))) {
            i++;
        }
        return i;
    }

    // A number may have any number of digits; infinity and NaN are words.
    private boolean isValid(int start, int end) {
        char first = json.charAt(json.charAt(start) == '-' ? start + 1 : start);
        return first >= '0' && first <= '9'
                || end - start <= LONGEST_WORD && WORDS.contains(json.substring(start, end));
    }

    private static boolean isPartOfToken(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '+' || c == '.';
    }
}
