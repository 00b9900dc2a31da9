package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.nio.file.Path;

/** There is no database file yet, so none of its tables is there either. */
public final class DatabaseNotFoundException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    DatabaseNotFoundException(Path file) {
        super(
                "DATABASE_NOT_FOUND",
                "There is no database at " + file + " yet.",
                "Run 'tandem sync' to fetch your data, or name another file with --db.",
                ExitStatus.TABLE_NOT_FOUND,
                null);
    }
}
