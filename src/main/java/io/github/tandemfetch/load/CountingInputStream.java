package io.github.tandemfetch.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the bytes that are read. */
final class CountingInputStream extends FilterInputStream {
    private final long size;
    private long read;

    private CountingInputStream(InputStream in, long size) {
        super(in);
        this.size = size;
    }

    /** Opens a file or a named pipe. */
    static CountingInputStream of(Path file) throws IOException {
        return new CountingInputStream(Files.newInputStream(file), Files.isRegularFile(file) ? Files.size(file) : 0);
    }

    /** Wraps a stream of unknown size. */
    static CountingInputStream of(InputStream in) {
        return new CountingInputStream(in, 0);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int bytes = super.read(buffer, offset, length);
        count(Math.max(0, bytes));
        return bytes;
    }

    long bytesRead() {
        return read;
    }

    /** The total number of bytes; 0 where unknown. */
    long size() {
        return size;
    }

    private void count(int bytes) {
        read += bytes;
    }
}
