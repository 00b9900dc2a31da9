package io.github.tandemfetch.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A response body with a {@code Content-Length} if it fits into a buffer, as JSON servers send it; a longer one is
 * chunked.
 */
final class ResponseBuffer extends OutputStream {
    private static final int CAPACITY = 8 * 1024 * 1024;

    private final HttpExchange http;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(64 * 1024);
    private OutputStream chunks;

    ResponseBuffer(HttpExchange http) {
        this.http = http;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (chunks == null && buffer.size() + length > CAPACITY) {
            http.sendResponseHeaders(200, 0);
            chunks = http.getResponseBody();
            buffer.writeTo(chunks);
            buffer.reset();
        }
        (chunks == null ? buffer : chunks).write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (chunks != null) {
            chunks.close();
            return;
        }
        http.sendResponseHeaders(200, buffer.size());
        try (OutputStream out = http.getResponseBody()) {
            buffer.writeTo(out);
        }
    }
}
