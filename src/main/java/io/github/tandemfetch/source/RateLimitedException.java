package io.github.tandemfetch.source;

import java.time.Duration;

/** The service asks to come back later (429). */
public class RateLimitedException extends TransientSourceException {
    private static final long serialVersionUID = 1L;

    RateLimitedException(Duration retryAfter) {
        super(
                "RATE_LIMITED",
                "too many requests (HTTP status 429)",
                "Try again later, and less often; whatever was fetched is kept.",
                retryAfter,
                null);
    }
}
