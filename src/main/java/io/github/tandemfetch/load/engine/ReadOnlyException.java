package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;

/** The storage engine was opened for reading only. */
public final class ReadOnlyException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    ReadOnlyException() {
        super(
                "READ_ONLY",
                "The database was opened for reading only.",
                "Open it for writing where tables are to be made, filled or dropped.",
                null);
    }
}
