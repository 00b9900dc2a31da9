package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The copy of a database that is kept beside it when its schema is brought up to date. */
final class MigrationBackup {
    private MigrationBackup() {}

    /** Where the copy of a schema version lies. */
    static Path placeOf(Path file, int version) {
        return DatabaseFiles.beside(file, ".schema-" + version + ".backup");
    }

    /** Makes the copy; an older one of the same version is replaced. */
    static void make(DatabaseOpener databases, Path file, int version) {
        Path target = placeOf(file, version);
        try (DatabaseCopy copy = DatabaseCopy.of(databases, file, target)) {
            copy.publish(target, true);
        } catch (DatabaseException e) {
            if (e instanceof DatabaseLockedException) {
                throw e;
            }
            throw new DatabaseException(
                    e.code(),
                    "Before its schema is brought up to date, the database " + file + " is copied to " + target
                            + ". That failed, and nothing was changed. " + e.getMessage(),
                    e.remedy(),
                    e);
        }
    }

    /** Removes the copies of other versions, now that the newest one is there. */
    static void keepOnly(Path file, int version) {
        Path newest = placeOf(file, version).getFileName();
        Pattern copies = Pattern.compile(Pattern.quote(file.getFileName().toString()) + "\\.schema-\\d+\\.backup");
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(file.toAbsolutePath().getParent())) {
            for (Path other : files) {
                if (copies.matcher(other.getFileName().toString()).matches()
                        && !other.getFileName().equals(newest)) {
                    Files.deleteIfExists(other);
                }
            }
        } catch (IOException e) {
            // One copy too many is no harm.
            return;
        }
    }
}
