package io.github.tandemfetch.source;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** Reads the beginning of an answer that is no success; a redirect is none either. Reading may block. */
@Blocking
public class FailedAnswerMapper implements ResponseExceptionMapper<RuntimeException> {
    private static final int FIRST_FAILURE = 300;
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
        return status >= FIRST_FAILURE;
    }

    @Override
    public RuntimeException toThrowable(Response response) {
        return new FailedAnswerException(HttpFailure.of(
                response.getStatus(),
                RetryAfter.parse(
                        response.getHeaderString(HttpHeaders.RETRY_AFTER),
                        HttpDate.parse(response.getHeaderString(HttpHeaders.DATE))
                                .orElseGet(Instant::now)),
                response.getHeaderString(HttpHeaders.CONTENT_TYPE),
                beginning(response)));
    }

    private static String beginning(Response response) {
        try (InputStream body = response.readEntity(InputStream.class)) {
            if (body == null) {
                return "";
            }
            InputStream limited = new LimitedStream(new UnzippedStream(body), Long.MAX_VALUE, LONGEST);
            return new String(limited.readNBytes(HttpFailure.BODY_READ), StandardCharsets.UTF_8);
        } catch (IOException | RuntimeException cutShort) {
            return "";
        }
    }
}
