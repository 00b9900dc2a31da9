package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Passes a body on and keeps the bytes from a mark on, so that an element of it can be handed over exactly as received.
 * Of an element that is too long only the beginning is kept. Without a mark nothing older than the last read is kept.
 */
final class RecordedStream extends InputStream {
    private static final int FIRST_SIZE = 64 * 1024;
    private static final long NO_MARK = Long.MAX_VALUE;

    private final InputStream body;
    private final int longestElement;
    private byte[] kept = new byte[FIRST_SIZE];
    private int length;
    private long firstKept;
    private long mark = NO_MARK;
    private byte[] beginning;
    private boolean ended;

    RecordedStream(InputStream body, int longestElement) {
        this.body = body;
        this.longestElement = longestElement;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int read = body.read(target, offset, count);
        if (read < 0) {
            ended = true;
            return -1;
        }
        forget();
        if (length + read > kept.length) {
            if (mark != NO_MARK && length + read > longestElement) {
                beginning = beginning == null ? Arrays.copyOf(kept, length) : beginning;
                firstKept += length;
                length = 0;
            }
        }
        if (length + read > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(kept.length * 2, length + read));
        }
        System.arraycopy(target, offset, kept, length, read);
        length += read;
        return read;
    }

    /** Keeps everything from this offset of the body on. */
    void keepFrom(long offset) {
        mark = offset;
        beginning = null;
    }

    /** Keeps no more than is needed for what the reader has already been given. */
    void keepNothing() {
        mark = NO_MARK;
    }

    /** The beginning of an element that is too long to be kept; null where it is not. */
    byte[] beginningOfTooLong() {
        return beginning;
    }

    /** The kept bytes themselves; valid until the next read. */
    byte[] bytes() {
        return kept;
    }

    /** Where an offset of the body lies in {@link #bytes()}. */
    int indexOf(long offset) {
        return (int) (offset - firstKept);
    }

    /** Whether the body has been read to its end. */
    boolean ended() {
        return ended;
    }

    /** A reader asks for more only when it has used all that it was given: what lies before the mark is done with. */
    private void forget() {
        long keepFrom = beginning != null ? firstKept + length : Math.min(mark, firstKept + length);
        int drop = (int) (keepFrom - firstKept);
        if (drop > 0) {
            System.arraycopy(kept, drop, kept, 0, length - drop);
            length -= drop;
            firstKept = keepFrom;
        }
    }
}
