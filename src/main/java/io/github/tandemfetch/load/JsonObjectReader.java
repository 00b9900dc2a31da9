package io.github.tandemfetch.load;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;

/**
 * Reads JSON objects that may span lines: the elements of an array, or consecutive objects. An object ends at its
 * closing bracket, so invalid JSON does not affect the next object.
 */
final class JsonObjectReader implements RecordReader {
    private static final int LONGEST_RECORD = 1 << 28;

    private final Reader reader;
    private final boolean array;
    private final StringBuilder text = new StringBuilder();
    private String problem;
    private long line;
    private long readLine = 1;
    private boolean opened;
    private boolean closed;
    private boolean ended;

    JsonObjectReader(Reader reader, boolean array) {
        this.reader = reader;
        this.array = array;
    }

    @Override
    public boolean advance() throws IOException {
        text.setLength(0);
        problem = null;
        if (array && !opened) {
            opened = true;
            // The opening bracket of the array.
            nextFilled();
        }
        if (ended) {
            return false;
        }
        int first = nextFilled();
        line = readLine;
        if (closed || first < 0) {
            ended = true;
            problem = closed ? "has text after the end of the array" : "is missing: the input ends within the array";
            return array && closed == first >= 0;
        }
        if (array && first == ']') {
            closed = true;
            return advance();
        }
        element(first);
        return true;
    }

    /** Reads an element: in an array up to the comma or bracket after it, else up to its closing bracket. */
    private void element(int first) throws IOException {
        int depth = 0;
        boolean quoted = false;
        int c = first;
        while (c >= 0) {
            if (!quoted && depth == 0 && array && (c == ',' || c == ']')) {
                closed = c == ']';
                return;
            }
            append(c);
            if (quoted) {
                if (c == '\\') {
                    append(read());
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
                if (depth <= 0 && !array) {
                    return;
                }
            } else if (c == '\n' && depth == 0 && !array) {
                return;
            }
            c = read();
        }
        ended = true;
        problem = "is truncated by the end of the input";
    }

    private void append(int c) throws IOException {
        if (c < 0) {
            return;
        }
        if (text.length() >= LONGEST_RECORD) {
            throw new IOException("the record on line " + line + " is longer than 256 MB");
        }
        text.append((char) c);
    }

    private int nextFilled() throws IOException {
        int c = read();
        while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        try {
            int c = reader.read();
            if (c == '\n') {
                readLine++;
            }
            return c;
        } catch (CharacterCodingException e) {
            throw new IOException("not valid UTF-8 after line " + readLine, e);
        }
    }

    @Override
    public JsonFields fields() throws MalformedRecordException {
        if (problem != null) {
            throw new MalformedRecordException(null, problem);
        }
        return JsonFields.of(text.toString());
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
