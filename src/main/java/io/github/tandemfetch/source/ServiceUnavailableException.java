package io.github.tandemfetch.source;

import java.time.Duration;

/** The service answered that it cannot answer now (500, 502, 503, 504). */
public class ServiceUnavailableException extends TransientSourceException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ServiceUnavailableException(int status, Duration retryAfter) {
        super(
                "SERVICE_UNAVAILABLE",
                "the service is having trouble (HTTP status " + status + ")",
                "Try again later; whatever was fetched is kept.",
                retryAfter,
                null);
        this.status = status;
    }

    /**
     * Whether the service took too long (504); it may answer a request for less.
     *
     * @return false where it cannot answer at all
     */
    public boolean isTimeout() {
        return status == 504;
    }
}
