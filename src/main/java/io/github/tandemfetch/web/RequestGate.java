package io.github.tandemfetch.web;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * What every request passes before anything else looks at it: may it come in, does it make sense at all, has all of it
 * come. What it answers are problems too, and so is what the framework would answer in words of its own.
 */
final class RequestGate implements Handler<RoutingContext> {
    private static final Logger ACCESS = Logger.getLogger("io.github.tandemfetch.jobs.access");
    private static final Logger LOG = Logger.getLogger(RequestGate.class);
    private static final int LARGEST_BODY = 65_536;
    private static final Duration TO_SEND_A_BODY = Duration.ofSeconds(5);
    private static final Duration TO_ASK_AGAIN = Duration.ofSeconds(30);
    private static final Pattern WELL_FORMED = Pattern.compile("/(?:[!-$&-~]++|%(?!00)[0-9A-Fa-f]{2})*+");
    private static final Pattern QUERY_VALUE = Pattern.compile("=[^&]*");

    private final ApiAccess access;
    private final Connections<HttpConnection> connections;
    private final ProblemAnswer problems;
    private final Duration downloadTimeout;

    /**
     * Creates the gate.
     *
     * @param access who may ask
     * @param connections the connections there are
     * @param downloadTimeout how long a download may make no progress
     */
    RequestGate(ApiAccess access, Connections<HttpConnection> connections, Duration downloadTimeout) {
        this.downloadTimeout = downloadTimeout;
        this.access = access;
        this.connections = connections;
        this.problems = new ProblemAnswer(connections);
    }

    @Override
    public void handle(RoutingContext exchange) {
        long begun = System.nanoTime();
        HttpServerRequest request = exchange.request();
        ProblemAnswer.describe(request.response());
        dropEmptyMediaType(request);
        // Each resource has one form, which is sent whatever is accepted (RFC 9110, 12.4.1): a client that names only
        // the form of an error would else be refused.
        request.headers().remove("Accept");
        if (ACCESS.isInfoEnabled()) {
            exchange.addEndHandler(ended -> log(request, begun));
        }
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            problems.refuse(request, refusal.get());
        } else if (RequestBody.isIn(request)) {
            takeBody(exchange);
        } else {
            serve(exchange);
        }
    }

    /** Answers where the framework has failed to route or read a request. */
    void failed(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        if (response.ended() || response.headWritten()) {
            exchange.request().connection().close();
            return;
        }
        int status = exchange.statusCode() < 400 ? 500 : exchange.statusCode();
        if (exchange.failure() != null) {
            LOG.debug("A request failed", exchange.failure());
        }
        problems.answer(exchange.request(), Problem.ofStatus(status));
    }

    /** Hands requests on whose address can be read; the framework would stumble over the others without a word. */
    Handler<HttpServerRequest> readable(Handler<HttpServerRequest> next) {
        return request -> {
            if (!connections.serves(request.connection())) {
                return;
            }
            if (!WELL_FORMED.matcher(request.uri()).matches()) {
                problems.refuse(request, Problem.of(400, "Bad request", "The address is not well-formed."));
            } else {
                whenTheLastAnswerIsTaken(request, next);
            }
        };
    }

    // Who sends one request upon the other and reads no answer would have all answers kept in memory.
    private static void whenTheLastAnswerIsTaken(HttpServerRequest request, Handler<HttpServerRequest> next) {
        if (!request.response().writeQueueFull()) {
            next.handle(request);
            return;
        }
        listen(request.connection(), false);
        request.pause();
        request.response().drainHandler(drained -> {
            request.response().drainHandler(null);
            listen(request.connection(), true);
            request.resume();
            next.handle(request);
        });
    }

    private static void listen(HttpConnection connection, boolean on) {
        ((ConnectionBase) connection).channel().config().setAutoRead(on);
    }

    /** Answers a request that is not HTTP, or too large in its head. */
    void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        int status =
                switch (kind) {
                    case "TooLongHttpLineException" -> 414;
                    case "TooLongHttpHeaderException" -> 431;
                    case "UnsupportedVersionException" -> 505;
                    default -> 400;
                };
        problems.refuse(request, Problem.ofStatus(status));
    }

    // Were the body left to the resources, each would hold a thread until its client has sent all of it.
    private void takeBody(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        RequestBody body = new RequestBody(request, LARGEST_BODY);
        Context thread = exchange.vertx().getOrCreateContext();
        connections.await(
                request.connection(),
                TO_SEND_A_BODY,
                () -> thread.runOnContext(late -> {
                    if (body.end()) {
                        problems.refuse(request, Problem.ofStatus(408));
                    }
                }));
        body.read(
                bytes -> {
                    ((RoutingContextInternal) exchange).setBody(bytes);
                    serve(exchange);
                },
                status -> problems.refuse(request, Problem.ofStatus(status)));
    }

    private void serve(RoutingContext exchange) {
        HttpConnection connection = exchange.request().connection();
        long turn = connections.serve(connection);
        Runnable progress = () -> connections.progress(connection, downloadTimeout);
        exchange.put(FileBody.PROGRESS, progress);
        // Requests that come meanwhile would be kept in memory until it is their turn.
        listen(connection, false);
        exchange.addEndHandler(answered -> {
            listen(connection, true);
            connections.awaitNext(connection, turn, TO_ASK_AGAIN);
        });
        exchange.next();
    }

    private Optional<Problem> refusal(HttpServerRequest request) {
        Optional<Problem> refusal = access.refusal(
                request.headers().getAll("Host"),
                request.headers().getAll("Origin"),
                request.headers().getAll("Authorization"));
        if (refusal.isPresent()) {
            return refusal;
        }
        if (request.method() == HttpMethod.OPTIONS) {
            request.response().putHeader("Allow", AllowedMethods.at(request.path()));
            return Optional.of(Problem.ofStatus(405));
        }
        List<String> codings = request.headers().getAll("Transfer-Encoding");
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            return Optional.of(Problem.of(400, "Bad request", "A body comes as it is, or chunked and nothing else."));
        }
        return isTooLarge(request.getHeader("Content-Length")) ? Optional.of(Problem.ofStatus(413)) : Optional.empty();
    }

    // The framework stumbles over a media type of no letters, which says as much as none.
    private static void dropEmptyMediaType(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        if (type != null && type.isBlank()) {
            request.headers().remove("Content-Type");
        }
    }

    private static boolean isTooLarge(String contentLength) {
        return contentLength != null && (contentLength.length() > 18 || Long.parseLong(contentLength) > LARGEST_BODY);
    }

    // The values of a query are nobody's business, and what is not ASCII could be anything.
    private static void log(HttpServerRequest request, long begun) {
        int query = request.uri().indexOf('?');
        String path = query < 0 ? request.uri() : request.uri().substring(0, query);
        String parameters = query < 0
                ? ""
                : QUERY_VALUE.matcher(request.uri().substring(query)).replaceAll("=*");
        ACCESS.infof(
                "%s %s %d %d bytes %d ms",
                request.method(),
                (path + parameters).replaceAll("[^!-~]", "?"),
                request.response().getStatusCode(),
                request.response().bytesWritten(),
                (System.nanoTime() - begun) / 1_000_000);
    }
}
