package io.github.tandemfetch.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * A body that may neither be endless nor take for ever. What is read from must not block for long at a time: the time is
 * looked at between two pieces.
 */
final class LimitedStream extends FilterInputStream {
    private final long mostBytes;
    private final long begun = System.nanoTime();
    private final Duration longest;
    private long read;

    LimitedStream(InputStream body, long mostBytes, Duration longest) {
        super(body);
        this.mostBytes = mostBytes;
        this.longest = longest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (System.nanoTime() - begun > longest.toNanos()) {
            throw new ConnectionLostException(
                    "TIMEOUT", "an answer was not complete after " + longest.toSeconds() + " seconds", null);
        }
        int count = super.read(target, offset, length);
        read += Math.max(count, 0);
        if (read > mostBytes) {
            throw new UnexpectedAnswerException(
                    "Tandem Source sent an answer of more than " + mostBytes / 1_000_000 + " MB.");
        }
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
