package io.github.tandemfetch.source;

import io.github.tandemfetch.failure.ExitStatus;

/** The thread was interrupted while it waited. */
public class InterruptedCallException extends SourceException {
    private static final long serialVersionUID = 1L;

    InterruptedCallException() {
        super(
                "INTERRUPTED",
                "Interrupted while waiting for Tandem Source.",
                "Run it again to go on where it stopped.",
                ExitStatus.INTERRUPTED);
    }
}
