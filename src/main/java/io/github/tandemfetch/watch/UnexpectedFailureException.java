package io.github.tandemfetch.watch;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;

/** A cycle failed in a way that nobody thought of. */
public final class UnexpectedFailureException extends TandemException {
    private static final long serialVersionUID = 1L;

    UnexpectedFailureException(Throwable cause) {
        super(
                "INTERNAL_ERROR",
                "Internal error (" + cause.getClass().getSimpleName() + ").",
                "Run it with -v -v and report what it prints; look it through for private data first.",
                ExitStatus.STORAGE_FAILURE,
                cause);
    }
}
