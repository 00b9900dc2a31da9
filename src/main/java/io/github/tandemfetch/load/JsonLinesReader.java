package io.github.tandemfetch.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads JSON Lines: one record on each line that is not blank. */
final class JsonLinesReader implements RecordReader {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 28;
    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private boolean ended;
    private long line;
    private String text;
    private boolean isUtf8;

    JsonLinesReader(InputStream in) {
        this.in = in;
    }

    @Override
    public boolean advance() throws IOException {
        do {
            text = next();
        } while (text != null && text.isBlank());
        return text != null;
    }

    @Override
    public JsonFields fields() throws MalformedRecordException {
        if (!isUtf8) {
            throw new MalformedRecordException(null, "is not UTF-8");
        }
        return JsonFields.of(text);
    }

    /** The next line, without its line end; null at the end of the input. */
    private String next() throws IOException {
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    return line(i, i + 1);
                }
            }
            scanned = end;
            if (ended) {
                return start < end ? line(end, end) : null;
            }
            scanned -= start;
            fill();
            scanned += start;
        }
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= LONGEST_LINE) {
                throw new IOException("line " + (line + 1) + " is longer than 256 MB");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, end, buffer.length - end);
        if (read < 0) {
            ended = true;
        } else {
            end += read;
        }
    }

    private String line(int stop, int next) {
        line++;
        String content = new String(buffer, start, stop - start, StandardCharsets.UTF_8);
        isUtf8 = content.indexOf(REPLACEMENT) < 0 || decodes(stop);
        start = next;
        return content;
    }

    // The replacement character may also be part of valid UTF-8.
    private boolean decodes(int stop) {
        try {
            utf8.decode(ByteBuffer.wrap(buffer, start, stop - start));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
