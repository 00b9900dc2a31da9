package io.github.tandemfetch.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jboss.logging.Logger;

/**
 * A part of an open file as the body of an answer. It is sent piece by piece, each when the one before has gone out: a
 * slow reader costs one piece of memory and no thread, and every piece that has gone out is progress.
 */
final class FileBody {
    /** Set by {@link RequestGate} in each exchange: run for every piece that has gone out. */
    static final String PROGRESS = FileBody.class.getName() + ".progress";

    private static final Logger LOG = Logger.getLogger(FileBody.class);
    private static final int PIECE = 262_144;

    private final FileChannel file;
    private final long end;
    private final RoutingContext exchange;
    private final Runnable progress;
    private long position;

    FileBody(FileChannel file, ByteRange range, RoutingContext exchange) {
        this.file = file;
        this.position = range.offset();
        this.end = range.offset() + range.length();
        this.exchange = exchange;
        this.progress = exchange.get(PROGRESS);
    }

    /** Sends the file, and returns at once. */
    void send() {
        // The other headers are set when the first piece goes out; without this one, nothing may.
        exchange.response().putHeader("Content-Length", String.valueOf(end - position));
        sendPiece();
    }

    private void sendPiece() {
        progress.run();
        exchange.vertx()
                .executeBlocking(this::read, false)
                .compose(exchange.response()::write)
                .onSuccess(written -> next())
                .onFailure(this::giveUp);
    }

    private void next() {
        if (position < end) {
            sendPiece();
            return;
        }
        HttpServerResponse response = exchange.response();
        if (!response.ended()) {
            response.end();
        }
    }

    // The length was told already, so that only a closed connection says that this is not the whole file.
    private void giveUp(Throwable broken) {
        LOG.debug("A download broke off", broken);
        exchange.request().connection().close();
    }

    // Not for two threads at once: the next piece is read when this one has gone out.
    private Buffer read() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - position));
        while (piece.hasRemaining()) {
            int count = file.read(piece, position);
            if (count < 0) {
                throw new EOFException("the file ends early");
            }
            position += count;
        }
        return Buffer.buffer(piece.array());
    }
}
