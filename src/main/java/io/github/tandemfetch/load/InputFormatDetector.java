package io.github.tandemfetch.load;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * Detects the format of an input from its first bytes: gzip or plain; then a JSON array, JSON Lines, JSON objects that
 * span lines, or CSV with a header.
 */
final class InputFormatDetector {
    private static final int LOOKED_AT = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final String start;

    private InputFormatDetector(InputStream in, String start) {
        this.in = in;
        this.start = start;
    }

    /** Opens an input; closing the reader closes it. */
    static RecordReader open(InputStream in) throws IOException {
        InputStream plain = decompressed(new BufferedInputStream(in, LOOKED_AT));
        BufferedInputStream bytes = new BufferedInputStream(plain, LOOKED_AT);
        bytes.mark(LOOKED_AT);
        byte[] first = bytes.readNBytes(LOOKED_AT);
        bytes.reset();
        int mark = startsWith(first, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
        bytes.skipNBytes(mark);
        return new InputFormatDetector(bytes, new String(first, mark, first.length - mark, StandardCharsets.UTF_8))
                .reader();
    }

    private static InputStream decompressed(BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        byte[] magic = bytes.readNBytes(2);
        bytes.reset();
        return startsWith(magic, new byte[] {0x1f, (byte) 0x8b}) ? new GZIPInputStream(bytes, LOOKED_AT) : bytes;
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes.length <= i || bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private RecordReader reader() throws IOException {
        String content = start.stripLeading();
        if (content.startsWith("[")) {
            return new JsonObjectReader(characters(), true);
        }
        if (content.startsWith("{") && spansLines(content)) {
            return new JsonObjectReader(characters(), false);
        }
        String firstLine = content.lines().findFirst().orElse("");
        if (!content.startsWith("{") && firstLine.contains("distinct_id")) {
            return new CsvReader(characters(), separator(firstLine));
        }
        return new JsonLinesReader(in);
    }

    /** An object spans lines where the first line leaves it open and the next one does not start another. */
    private static boolean spansLines(String content) {
        int end = content.indexOf('\n');
        if (end < 0) {
            return false;
        }
        String next = content.substring(end + 1).stripLeading();
        return !next.isEmpty() && isOpen(content.substring(0, end)) && !next.startsWith("{");
    }

    private static boolean isOpen(String line) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted) {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
        }
        return depth > 0 && !quoted;
    }

    private static char separator(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private Reader characters() {
        return new BufferedReader(
                new InputStreamReader(
                        in,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                LOOKED_AT);
    }
}
