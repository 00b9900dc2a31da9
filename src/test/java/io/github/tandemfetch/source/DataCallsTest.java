package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Endpoints;
import io.quarkus.test.junit.QuarkusTest;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
class DataCallsTest {
    private static final int BODY = 4 * 1024 * 1024;

    /** What the REST client makes of it by itself; every piece costs a message from one thread to another and back. */
    private static final int OWN_PIECE_OF_THE_CLIENT = 8_096;

    @Test
    void a_body_arrives_in_larger_pieces_than_the_client_would_make_by_itself() throws IOException {
        try (RawServer server =
                new RawServer("HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n" + " ".repeat(BODY))) {
            Endpoints endpoints = new Endpoints(
                    server.url(), server.url(), server.url(), "the-client", "http://127.0.0.1/sso/auth/callback");
            SourceApi api = new DataCalls(
                            endpoints,
                            SourceTimeouts.standard(),
                            NetworkAccess.of(new io.github.tandemfetch.config.Environment(
                                    java.util.Map.of(),
                                    java.nio.file.Path.of("").toAbsolutePath(),
                                    java.nio.file.Path.of("").toAbsolutePath())))
                    .build();
            byte[] piece = new byte[1024 * 1024];
            int received = 0;
            int largest = 0;
            try (InputStream body = api.pumpLogs("Bearer token", "pump-1", "pumper-1", "from", "to")) {
                for (int count = body.read(piece); count > 0; count = body.read(piece)) {
                    received += count;
                    largest = Math.max(largest, count);
                }
            } finally {
                ((Closeable) api).close();
            }

            assertThat(received).isEqualTo(BODY);
            assertThat(largest).isGreaterThan(OWN_PIECE_OF_THE_CLIENT);
        }
    }
}
