package io.github.tandemfetch.store.query;

import io.github.tandemfetch.store.DatabaseException;
import java.io.IOException;

/** Whoever took the rows of a result takes no more. */
public final class ResultNotTakenException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    ResultNotTakenException(IOException cause) {
        super(
                "OUTPUT_NOT_WRITTEN",
                "The result could not be written: " + cause.getMessage() + ".",
                "Check where the output goes.",
                cause);
    }
}
