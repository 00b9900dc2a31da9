package io.github.tandemfetch.source;

import java.time.Duration;

/** The service answered that it cannot answer now (500, 502, 503, 504). */
public class ServiceUnavailableException extends TransientSourceException {
    private static final long serialVersionUID = 1L;

    ServiceUnavailableException(int status, Duration retryAfter) {
        super(
                "SERVICE_UNAVAILABLE",
                "the service is having trouble (HTTP status " + status + ")",
                "Try again later; whatever was fetched is kept.",
                retryAfter,
                null);
    }
}
