package io.github.tandemfetch.store;

import java.nio.file.Path;
import java.util.List;

/** The names of the files beside a database in which the engine keeps what is not in the database file yet. */
final class DatabaseFiles {
    /** Behind the database's name. */
    static final List<String> JOURNALS = List.of(".wal", ".wal.checkpoint", ".wal.recovery");

    private DatabaseFiles() {}

    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
