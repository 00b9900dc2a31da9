package io.github.tandemfetch.store.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Reads UTF-8 text, plain or gzip, line by line. Bytes that are no UTF-8 are a failure, not a question mark. */
final class LineReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_LINE = 1 << 28;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
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

    LineReader(InputStream in) throws IOException {
        this.in = unpacked(in);
    }

    private static InputStream unpacked(InputStream in) throws IOException {
        PushbackInputStream bytes = new PushbackInputStream(in, 2);
        byte[] magic = bytes.readNBytes(2);
        bytes.unread(magic);
        boolean gzip = magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
        return gzip ? new GZIPInputStream(bytes, BUFFER) : bytes;
    }

    /** The next line, without its end; null after the last. */
    String next() throws IOException {
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

    /** The number of the line that came last; the first is 1. */
    long line() {
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

    private String line(int stop, int next) throws IOException {
        line++;
        String text = new String(buffer, start, stop - start, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            checkUtf8(stop);
        }
        start = next;
        return line == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    // What stands for bytes that are no UTF-8 may also have been written as such.
    private void checkUtf8(int stop) throws IOException {
        try {
            utf8.decode(ByteBuffer.wrap(buffer, start, stop - start));
        } catch (CharacterCodingException e) {
            throw new IOException("line " + line + " is no UTF-8", e);
        }
    }
}
