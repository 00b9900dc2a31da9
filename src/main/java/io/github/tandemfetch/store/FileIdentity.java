package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Which file a path led to at a moment. The engine goes on writing to an open file that no path leads to any more, and a
 * path that leads nowhere would become a new, empty database.
 */
public final class FileIdentity {
    private final Path file;

    // Empty where the file system gives none, as on Windows, which does not let go of an open file either.
    private final Optional<Object> key;

    private FileIdentity(Path file, Optional<Object> key) {
        this.file = file;
        this.key = key;
    }

    /**
     * Looks at a file.
     *
     * @param file a file that exists
     * @return which one it is
     * @throws IOException where there is none, or it cannot be looked at
     */
    public static FileIdentity of(Path file) throws IOException {
        return new FileIdentity(file, keyOf(file));
    }

    /**
     * Refuses to go on where the path leads to another file than before, or to none.
     *
     * @throws DatabaseException in that case
     */
    public void requireInPlace() {
        if (key.isEmpty()) {
            return;
        }
        try {
            if (keyOf(file).equals(key)) {
                return;
            }
        } catch (NoSuchFileException e) {
            throw moved("removed or renamed", e);
        } catch (IOException e) {
            throw moved("taken out of reach", e);
        }
        throw moved("replaced by another file", null);
    }

    private static Optional<Object> keyOf(Path path) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    private DatabaseException moved(String how, IOException cause) {
        return new DatabaseException(
                "DATABASE_MOVED",
                "The database " + file + " was " + how + " while this command was writing to it.",
                "Move it back if you have it, and run the same command again: what this run has stored may be missing.",
                cause);
    }
}
