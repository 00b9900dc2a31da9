package io.github.tandemfetch.source;

import io.github.tandemfetch.config.ProxyAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends the requests of one login: one cookie jar, no redirect followed by itself, a time and a size for every answer. */
final class LoginHttp {
    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;

    private final HttpClient client;
    private final SourceTimeouts timeouts;
    private final NetworkAccess access;

    LoginHttp(SourceTimeouts timeouts, NetworkAccess access, boolean secure) {
        // The JDK's client keeps a proxy's credentials back otherwise, and reads this when it is first used.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        this.access = access;
        this.timeouts = timeouts;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .cookieHandler(new LoginCookies())
                .connectTimeout(timeouts.connect())
                .proxy(new Selector(access));
        if (secure) {
            builder.sslContext(access.certificates().context());
        }
        this.client = builder.build();
    }

    /** Asks the settings for every request. */
    private static final class Selector extends ProxySelector {
        private final NetworkAccess access;

        Selector(NetworkAccess access) {
            this.access = access;
        }

        @Override
        public List<Proxy> select(URI target) {
            return List.of(access.proxies()
                    .proxyFor(target)
                    .map(proxy ->
                            new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())))
                    .orElse(Proxy.NO_PROXY));
        }

        @Override
        public void connectFailed(URI target, SocketAddress proxy, IOException failure) {
            // The request fails by itself.
        }
    }

    /** An answer, whatever its status. */
    record Answer(
            int status,
            URI uri,
            String contentType,
            String retryAfter,
            String location,
            Optional<Instant> date,
            byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        Optional<String> redirect() {
            return status >= 300 && status < 400 ? Optional.ofNullable(location) : Optional.empty();
        }

        HttpFailure failure() {
            String start = new String(body, 0, Math.min(body.length, HttpFailure.BODY_READ), StandardCharsets.UTF_8);
            Duration wait = RetryAfter.parse(retryAfter, date.orElseGet(Instant::now));
            return HttpFailure.of(status, wait, contentType, start);
        }

        @Override
        public String toString() {
            return "Answer[" + status + "]";
        }
    }

    static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).header("User-Agent", Browser.USER_AGENT);
    }

    /** Sends a request and reads its answer whole. */
    Answer send(HttpRequest.Builder request) {
        URI target = request.build().uri();
        Optional<ProxyAddress> proxy = access.proxies().proxyFor(target);
        proxy.flatMap(ProxyAddress::authorization).ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        HttpRequest built = request.timeout(timeouts.answer()).build();
        String host = target.getHost();
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(built, head -> new BoundedBody(LARGEST_ANSWER));
        try {
            // The request's own timeout ends with the head of the answer; a body can stall too.
            long whole =
                    timeouts.connect().plus(timeouts.answer().multipliedBy(2)).toMillis();
            Answer answer = answer(pending.get(whole, TimeUnit.MILLISECONDS));
            if (answer.status() == 407 && proxy.isPresent()) {
                throw SourceFailures.proxyRefused(proxy.get(), host, 407, null);
            }
            return answer;
        } catch (ExecutionException failure) {
            throw NetworkFailure.describe(host, proxy, failure.getCause());
        } catch (TimeoutException stalled) {
            pending.cancel(true);
            throw NetworkFailure.describe(host, stalled);
        } catch (InterruptedException interrupted) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw SourceFailures.interrupted();
        }
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(),
                response.uri(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Retry-After").orElse(null),
                response.headers().firstValue("Location").orElse(null),
                response.headers().firstValue("Date").flatMap(HttpDate::parse),
                response.body());
    }
}
