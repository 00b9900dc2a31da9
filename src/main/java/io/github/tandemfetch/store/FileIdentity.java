package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The identity of the file at a path. The engine keeps writing to an open file that was moved or deleted, and creates a
 * new, empty database at a missing path.
 */
public final class FileIdentity {
    private final Path file;

    // Empty where the file system gives none, as on Windows, which does not let go of an open file either.
    private final Optional<Object> key;

    private FileIdentity(Path file, Optional<Object> key) {
        this.file = file;
        this.key = key;
    }

    /** @throws IOException where the file is missing or not accessible */
    public static FileIdentity of(Path file) throws IOException {
        return new FileIdentity(file, keyOf(file));
    }

    /** @throws DatabaseException where the path leads to another file or to none */
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
            throw moved("made inaccessible", e);
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
                "Move it back and run the same command again; rows stored by this run may be missing.",
                cause);
    }
}
