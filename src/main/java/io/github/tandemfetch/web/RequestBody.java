package io.github.tandemfetch.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The body of a request, taken in as it comes: nobody waits for it meanwhile. Used by the thread of the connection alone.
 */
final class RequestBody {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final HttpServerRequest request;
    private final int largest;
    private final Buffer bytes = Buffer.buffer();
    private boolean over;

    /**
     * Names a body, of which nothing is read yet.
     *
     * @param request the request
     * @param largest how many bytes it may have
     */
    RequestBody(HttpServerRequest request, int largest) {
        this.request = request;
        this.largest = largest;
    }

    /** Whether there is a body at all. */
    static boolean isIn(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length == null ? request.headers().contains("Transfer-Encoding") : !length.equals("0");
    }

    /**
     * Takes the body in.
     *
     * @param whole gets all of it
     * @param refused gets the status of the answer where there is too much of it, or it breaks off
     */
    void read(Consumer<Buffer> whole, IntConsumer refused) {
        request.exceptionHandler(broken -> {
            if (end()) {
                refused.accept(BAD_REQUEST);
            }
        });
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() <= largest) {
                bytes.appendBuffer(chunk);
            } else if (end()) {
                refused.accept(TOO_LARGE);
            }
        });
        request.endHandler(ended -> {
            if (end()) {
                whole.accept(bytes);
            }
        });
        request.resume();
    }

    /** Takes in no more; tells whether that is new. */
    boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }
}
