package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
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
