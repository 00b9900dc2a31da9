package io.github.tandemfetch.verify;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.nio.file.Path;

/** A database without rows was to be verified: neither complete nor damaged. */
public final class NothingToVerifyException extends TandemException {
    private static final long serialVersionUID = 1L;

    NothingToVerifyException(Path database) {
        super(
                "NOTHING_TO_VERIFY",
                "There is nothing to verify: the database " + database + " has no events yet.",
                "Run 'tandem sync' to fetch your data, or name another file with --db.",
                ExitStatus.TABLE_NOT_FOUND);
    }
}
