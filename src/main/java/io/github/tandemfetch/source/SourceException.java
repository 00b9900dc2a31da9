package io.github.tandemfetch.source;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;

/** Tandem Source, or the way to it, failed. Each kind of failure is a class of its own. */
public class SourceException extends TandemException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param code a stable name for programs
     * @param message what happened; no secret, no e-mail address, no URL with a query
     * @param remedy what to do about it
     */
    public SourceException(String code, String message, String remedy) {
        super(code, message, remedy, ExitStatus.SERVICE_FAILURE);
    }

    /**
     * Creates a failure that wraps another.
     *
     * @param code a stable name for programs
     * @param message what happened; no secret, no e-mail address, no URL with a query
     * @param remedy what to do about it
     * @param cause the failure underneath, free of secrets too, or null
     */
    public SourceException(String code, String message, String remedy, Throwable cause) {
        super(code, message, remedy, ExitStatus.SERVICE_FAILURE, cause);
    }

    SourceException(String code, String message, String remedy, ExitStatus exitStatus) {
        super(code, message, remedy, exitStatus);
    }
}
