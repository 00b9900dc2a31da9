package io.github.tandemfetch.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Answers that never end, until the server is stopped and its threads are interrupted. */
final class ScriptedServiceStall {
    private ScriptedServiceStall() {}

    static void beforeTheAnswer(ScriptedService.Request request) throws IOException {
        forever();
    }

    static void inTheMiddle(ScriptedService.Request request) throws IOException {
        request.exchange().sendResponseHeaders(200, 1_000_000);
        request.exchange().getResponseBody().write("{\"events\":[".getBytes(StandardCharsets.UTF_8));
        request.exchange().getResponseBody().flush();
        forever();
    }

    private static void forever() throws IOException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            throw new IOException("stopped", stopped);
        }
    }
}
