package io.github.tandemfetch.source;

import java.time.Duration;

/** A failure that another attempt may not meet; it leaves the package when the attempts are used up. */
public class TransientSourceException extends SourceException {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;
    private final String reason;

    TransientSourceException(String code, String reason, String remedy, Duration retryAfter, Throwable cause) {
        super(code, "Tandem Source: " + reason + ".", remedy, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** How long the service asks to wait, or null where it does not say. */
    Duration retryAfter() {
        return retryAfter;
    }

    /** What happened, in a few words. */
    String reason() {
        return reason;
    }
}
