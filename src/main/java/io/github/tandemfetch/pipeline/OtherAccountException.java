package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import java.nio.file.Path;

/** The database belongs to another account than the one that is logged in. */
public final class OtherAccountException extends TandemException {
    private static final long serialVersionUID = 1L;

    OtherAccountException(Path database) {
        super(
                "OTHER_ACCOUNT",
                "The database " + database + " holds the data of another account. Nothing was stored.",
                "Name another file with --db for this account, or log in with the account of this database.",
                ExitStatus.INVALID_USAGE);
    }
}
