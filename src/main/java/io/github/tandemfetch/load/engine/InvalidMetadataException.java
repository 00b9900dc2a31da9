package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;

/** What is said about the rows does not go together, or not with the table. */
public final class InvalidMetadataException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    InvalidMetadataException(String message, String remedy) {
        super("INVALID_METADATA", message, remedy, ExitStatus.INVALID_USAGE, null);
    }
}
