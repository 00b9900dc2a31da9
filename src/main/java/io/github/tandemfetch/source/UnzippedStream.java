package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/**
 * A body as it was before it was compressed. That it is, its first two bytes tell, whatever its headers say: no JSON and no
 * page begins with them.
 */
final class UnzippedStream extends InputStream {
    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;
    private static final int BLOCK_SIZE = 64 * 1024;

    private final PushbackInputStream body;
    private InputStream unzipped;

    UnzippedStream(InputStream body) {
        this.body = new PushbackInputStream(body, 2);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (unzipped == null) {
            unzipped = isZipped() ? new GZIPInputStream(body, BLOCK_SIZE) : body;
        }
        return unzipped.read(target, offset, length);
    }

    private boolean isZipped() throws IOException {
        byte[] first = body.readNBytes(2);
        body.unread(first);
        return first.length == 2 && (first[0] & 0xff) == FIRST && (first[1] & 0xff) == SECOND;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
