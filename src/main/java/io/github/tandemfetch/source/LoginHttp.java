package io.github.tandemfetch.source;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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

    LoginHttp(SourceTimeouts timeouts) {
        this.timeouts = timeouts;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .cookieHandler(new LoginCookies())
                .connectTimeout(timeouts.connect())
                .build();
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
        HttpRequest built = request.timeout(timeouts.answer()).build();
        String host = built.uri().getHost();
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(built, head -> new BoundedBody(LARGEST_ANSWER));
        try {
            // The request's own timeout ends with the head of the answer; a body can stall too.
            long whole =
                    timeouts.connect().plus(timeouts.answer().multipliedBy(2)).toMillis();
            return answer(pending.get(whole, TimeUnit.MILLISECONDS));
        } catch (ExecutionException failure) {
            throw NetworkFailure.describe(host, failure.getCause());
        } catch (TimeoutException stalled) {
            pending.cancel(true);
            throw NetworkFailure.describe(host, stalled);
        } catch (InterruptedException interrupted) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedCallException();
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
