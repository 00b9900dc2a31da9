package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;

/**
 * Gives each byte as one character, so that a parser gets past bytes that are not UTF-8, and its offsets are those of the
 * bytes. It reads no byte more than it is asked for.
 */
final class ByteCharacters extends Reader {
    private final InputStream bytes;
    private byte[] block = new byte[8 * 1024];

    ByteCharacters(InputStream bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (block.length < length) {
            block = new byte[length];
        }
        int count = bytes.read(block, 0, length);
        for (int i = 0; i < count; i++) {
            target[offset + i] = (char) (block[i] & 0xff);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
