package io.github.tandemfetch.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/** Answers with a problem where no resource answers: before one is found, or where the framework has failed. */
final class ProblemAnswer {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    // Were a connection closed while its client still sends, the client might never see the answer.
    private static final Duration TO_READ_THE_ANSWER = Duration.ofSeconds(1);

    private final Connections<HttpConnection> connections;

    ProblemAnswer(Connections<HttpConnection> connections) {
        this.connections = connections;
    }

    /** Medical data: not for caches, frames, or other sites' pages. */
    static void describe(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** Answers a request that has come as a whole. */
    Future<Void> answer(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        describe(response);
        Buffer body = body(problem);
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (request.method() == HttpMethod.HEAD) {
            return response.putHeader("Content-Length", String.valueOf(body.length()))
                    .end();
        }
        return response.end(body);
    }

    /**
     * Answers a request, and closes the connection. What is left of the request is not looked at, so nothing else can come
     * over this connection.
     */
    void refuse(HttpServerRequest request, Problem problem) {
        HttpConnection connection = request.connection();
        connections.leave(connection, TO_READ_THE_ANSWER);
        request.response().putHeader("Connection", "close");
        Future<Void> answered = answer(request, problem);
        // Where a body makes no sense, the framework closes next, and does not look whether there is something to send.
        ((ConnectionBase) connection).flush();
        if (request.isEnded()) {
            answered.onComplete(sent -> connection.close());
        } else {
            request.exceptionHandler(broken -> connection.close());
            request.handler(rest -> {});
            request.endHandler(end -> answered.onComplete(sent -> connection.close()));
            request.resume();
        }
    }

    private static Buffer body(Problem problem) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem can be written as JSON", e);
        }
    }
}
