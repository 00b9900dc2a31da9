package io.github.tandemfetch.jobs.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * What every request passes before anything else looks at it: may it come in, does it make sense at all. What it answers
 * are problems too, and so is what the framework would answer in words of its own.
 */
final class RequestGate implements Handler<RoutingContext> {
    private static final Logger ACCESS = Logger.getLogger("io.github.tandemfetch.jobs.access");
    private static final Logger LOG = Logger.getLogger(RequestGate.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final long LARGEST_BODY = 65_536;
    private static final Pattern WELL_FORMED = Pattern.compile("/(?:[!-$&-~]++|%(?!00)[0-9A-Fa-f]{2})*+");
    private static final Pattern QUERY_VALUE = Pattern.compile("=[^&]*");

    private final ApiAccess access;

    RequestGate(ApiAccess access) {
        this.access = access;
    }

    @Override
    public void handle(RoutingContext exchange) {
        long begun = System.nanoTime();
        HttpServerRequest request = exchange.request();
        describe(request.response());
        dropEmptyMediaType(request);
        if (ACCESS.isInfoEnabled()) {
            exchange.addEndHandler(ended -> log(request, begun));
        }
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            refuse(request, refusal.get());
        } else {
            exchange.next();
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
        describe(response);
        answer(exchange.request(), Problem.ofStatus(status));
    }

    /** Hands requests on whose address can be read; the framework would stumble over the others without a word. */
    static Handler<HttpServerRequest> readable(Handler<HttpServerRequest> next) {
        return request -> {
            if (WELL_FORMED.matcher(request.uri()).matches()) {
                next.handle(request);
            } else {
                describe(request.response());
                refuse(request, Problem.of(400, "Bad request", "The address is not well-formed."));
            }
        };
    }

    /** Answers a request that is not HTTP, or too large in its head. */
    static void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        String kind = cause == null ? "" : cause.getClass().getSimpleName();
        int status =
                switch (kind) {
                    case "TooLongHttpLineException" -> 414;
                    case "TooLongHttpHeaderException" -> 431;
                    default -> 400;
                };
        describe(request.response());
        refuse(request, Problem.ofStatus(status));
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

    // What is left of the request is not read, so nothing else can come over this connection.
    private static void refuse(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        response.putHeader("Connection", "close");
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        answer(request, problem);
    }

    private static void answer(HttpServerRequest request, Problem problem) {
        HttpServerResponse response = request.response();
        Buffer body = body(problem);
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader("Content-Length", String.valueOf(body.length())).end();
        } else {
            response.end(body);
        }
    }

    // Medical data: not for caches, frames, or other sites' pages.
    private static void describe(HttpServerResponse response) {
        response.putHeader("Cache-Control", "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static Buffer body(Problem problem) {
        try {
            return Buffer.buffer(JSON.writeValueAsBytes(problem));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem can be written as JSON", e);
        }
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
