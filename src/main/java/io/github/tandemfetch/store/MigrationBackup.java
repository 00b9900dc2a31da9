package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The backup of a database before its schema is migrated. */
final class MigrationBackup {
    private MigrationBackup() {}

    /** The path of the backup of a schema version. */
    static Path placeOf(Path file, int version) {
        return DatabaseFiles.beside(file, ".schema-" + version + ".backup");
    }

    /** Makes the backup, replacing an older one of the same version. */
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
                    "The schema of the database " + file + " was not migrated: its backup to " + target + " failed. "
                            + e.getMessage(),
                    e.remedy(),
                    e);
        }
    }

    /** Removes the backups of other versions. */
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
