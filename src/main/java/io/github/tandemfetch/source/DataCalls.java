package io.github.tandemfetch.source;

import io.github.tandemfetch.config.Endpoints;
import io.github.tandemfetch.config.ProxyAddress;
import io.github.tandemfetch.failure.TandemException;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.vertx.core.http.HttpClientOptions;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.resteasy.reactive.client.api.LoggingScope;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** Makes single data calls and reads their answers; who repeats them is not its business. */
final class DataCalls implements AutoCloseable {
    private static final int READ_PIECE = 64 * 1024;

    // A hundred times what a window of 28 days has been seen to take.
    private static final long LARGEST_ANSWER = 1_000_000_000;

    private final Endpoints endpoints;
    private final SourceTimeouts timeouts;
    private final String host;
    private final NetworkAccess access;
    private SourceApi api;

    DataCalls(Endpoints endpoints, SourceTimeouts timeouts, NetworkAccess access) {
        this.access = access;
        this.endpoints = endpoints;
        this.timeouts = timeouts;
        this.host = URI.create(endpoints.sourceUrl()).getHost();
    }

    Pumper pumper(Session session) {
        return call(
                "the list of pumps",
                session,
                api -> api.pumper(bearer(session), session.pumperId()),
                body -> new PumperReader().read(body));
    }

    void pumpLogs(Session session, String assignmentId, LocalDate firstDay, LocalDate lastDay, PumpLogSink sink) {
        call(
                "the pump logs",
                session,
                api -> api.pumpLogs(
                        bearer(session),
                        assignmentId,
                        session.pumperId(),
                        firstDay + "T00:00:00Z",
                        lastDay + "T23:59:59Z"),
                body -> {
                    new PumpLogReader(sink).read(body);
                    return null;
                });
    }

    private <T> T call(
            String name, Session session, Function<SourceApi, InputStream> request, Function<InputStream, T> reader) {
        boolean readWhole = false;
        try {
            T answer = read(requested(request), reader);
            readWhole = true;
            return answer;
        } catch (FailedAnswerException failed) {
            if (failed.failure().status() == 401) {
                throw new UnauthorizedException();
            }
            if (failed.failure().status() == 407 && proxy().isPresent()) {
                throw SourceFailures.proxyRefused(proxy().get(), host, 407, null);
            }
            throw failed.failure().describe(name, session.accessToken());
        } finally {
            // The client would go on to read an abandoned body to its end, however long that is.
            if (!readWhole) {
                close();
            }
        }
    }

    private InputStream requested(Function<SourceApi, InputStream> request) {
        try {
            InputStream body = new ReadAheadStream(request.apply(api()));
            return new LimitedStream(new UnzippedStream(body), LARGEST_ANSWER, timeouts.whole());
        } catch (FailedAnswerException | TandemException known) {
            throw known;
        } catch (ProcessingException failure) {
            throw NetworkFailure.describe(host, proxy(), failure);
        } catch (RuntimeException surprise) {
            // The client's own words for an answer that is hardly HTTP, of many classes.
            throw NetworkFailure.notHttp(host, surprise);
        }
    }

    private <T> T read(InputStream body, Function<InputStream, T> reader) {
        try (body) {
            return reader.apply(body);
        } catch (IOException onClose) {
            throw NetworkFailure.describe(host, onClose);
        }
    }

    private SourceApi api() {
        if (api == null) {
            api = build();
        }
        return api;
    }

    SourceApi build() {
        String origin = endpoints.sourceOrigin();
        ClientRequestFilter headers = request -> {
            request.getHeaders().putSingle("Origin", origin);
            request.getHeaders().putSingle("Referer", endpoints.sourceUrl());
            request.getHeaders().putSingle("User-Agent", Browser.USER_AGENT);
            request.getHeaders().putSingle(HttpHeaders.ACCEPT_ENCODING, "gzip");
        };
        // For JSON the client makes its mapper ready, which takes a tenth of a second and is not asked for a stream.
        ClientResponseFilter asBytes = (request, response) -> {
            if (response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
                response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
            }
        };
        // Between two pieces of a body the client's own limit is fixed; the connection's idle time is not.
        HttpClientOptions options = new HttpClientOptions()
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) timeouts.answer().toMillis());
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(endpoints.sourceUrl()))
                .connectTimeout(timeouts.connect().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeouts.answer().toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .loggingScope(LoggingScope.NONE)
                .httpClientOptions(options)
                // As a property: the builder overwrites the size that its options were given.
                .property(QuarkusRestClientProperties.MAX_CHUNK_SIZE, READ_PIECE)
                .register(headers)
                .register(asBytes)
                .register(new FailedAnswerMapper());
        proxy().ifPresent(proxy -> {
            builder.proxyAddress(proxy.host(), proxy.port());
            proxy.user().ifPresent(user -> builder.proxyUser(user)
                    .proxyPassword(proxy.password().reveal()));
        });
        if (endpoints.sourceUrl().startsWith("https:")) {
            builder.trustStore(access.certificates().store(), "");
        }
        return builder.build(SourceApi.class);
    }

    private Optional<ProxyAddress> proxy() {
        return access.proxies().proxyFor(URI.create(endpoints.sourceUrl()));
    }

    private static String bearer(Session session) {
        return "Bearer " + session.accessToken().reveal();
    }

    @Override
    public void close() {
        SourceApi open = api;
        api = null;
        if (open instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException alreadyGone) {
                return;
            }
        }
    }
}
