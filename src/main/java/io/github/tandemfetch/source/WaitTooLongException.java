package io.github.tandemfetch.source;

import java.time.Duration;

/** The service asks to wait for longer than a command should hang. */
public class WaitTooLongException extends SourceException {
    private static final long serialVersionUID = 1L;

    private final Duration asked;

    WaitTooLongException(Duration wait, Duration longest) {
        super(
                "RATE_LIMITED",
                "Tandem Source asks to wait " + wait.toSeconds() + " seconds before the next request, more than the "
                        + longest.toSeconds() + " that tandem waits.",
                "Try again after that time; whatever was fetched is kept.");
        this.asked = wait;
    }

    /**
     * How long the service asks to wait.
     *
     * @return longer than a command waits
     */
    public Duration asked() {
        return asked;
    }
}
