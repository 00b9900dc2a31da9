package io.github.tandemfetch.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads a body on a thread of its own, a little ahead of whoever makes sense of it. The REST client hands a body over
 * piece by piece and asks for the next only when one has been taken, so that reading and understanding would wait for
 * each other. It holds no more than {@value #BLOCKS} blocks.
 */
final class ReadAheadStream extends InputStream {
    private static final int BLOCKS = 16;
    private static final int BLOCK_SIZE = 64 * 1024;

    private final InputStream body;
    private final BlockingQueue<Block> blocks = new ArrayBlockingQueue<>(BLOCKS);
    private final byte[] received = new byte[BLOCK_SIZE];
    private final Thread reader;
    private byte[] current = new byte[0];
    private int position;
    private boolean ended;

    /**
     * A piece of the body, or how reading it failed; an empty piece is the end.
     *
     * @param bytes the piece
     * @param failure the failure, or null
     */
    private record Block(byte[] bytes, IOException failure) {}

    ReadAheadStream(InputStream body) {
        this.body = body;
        this.reader = new Thread(this::readAll, "download");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (position == current.length && !nextBlock()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    /** Ends the reading, waits until the body is no longer touched, and closes it. */
    @Override
    public void close() throws IOException {
        ended = true;
        reader.interrupt();
        boolean interrupted = Thread.interrupted();
        while (reader.isAlive()) {
            blocks.clear();
            try {
                reader.join(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        body.close();
    }

    private boolean nextBlock() throws IOException {
        if (ended) {
            return false;
        }
        Block block = take();
        ended = block.failure() != null || block.bytes().length == 0;
        if (block.failure() != null) {
            throw block.failure();
        }
        current = block.bytes();
        position = 0;
        return !ended;
    }

    private Block take() throws InterruptedIOException {
        try {
            return blocks.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the body");
        }
    }

    private void readAll() {
        try {
            Block block;
            do {
                block = readBlock();
                blocks.put(block);
            } while (block.failure() == null && block.bytes().length > 0);
        } catch (InterruptedException e) {
            // Closed before the end: nobody waits for more.
            Thread.currentThread().interrupt();
        }
    }

    private Block readBlock() {
        try {
            int count = body.read(received);
            return new Block(count <= 0 ? new byte[0] : Arrays.copyOf(received, count), null);
        } catch (IOException e) {
            return new Block(new byte[0], e);
        } catch (RuntimeException | Error e) {
            // The client's own surprises, such as being closed meanwhile: whoever reads would wait for ever.
            return new Block(new byte[0], new IOException("the body could not be read", e));
        }
    }
}
