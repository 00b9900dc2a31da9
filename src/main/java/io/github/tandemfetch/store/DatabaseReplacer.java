package io.github.tandemfetch.store;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Replaces a database by a copy and keeps the former one under another name. */
public final class DatabaseReplacer {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss_SSS").withZone(ZoneOffset.UTC);

    private final DatabaseOpener databases;
    private final Path database;
    private final Path place;
    private final Instant now;

    /**
     * @param database the database file as it is opened; may be missing
     * @param place the same file with symbolic links resolved
     * @param now goes into the name of the former database
     */
    public DatabaseReplacer(DatabaseOpener databases, Path database, Path place, Instant now) {
        this.databases = databases;
        this.database = database;
        this.place = place;
        this.now = now;
    }

    /**
     * Replaces the database.
     *
     * @param copy a copy in the same folder
     * @return the former database; null where there was none
     * @throws DatabaseLockedException where another process holds the database
     * @throws DatabaseException where the file system refuses
     */
    public Path replaceWith(DatabaseCopy copy) {
        boolean replaces = Files.exists(database);
        if (replaces) {
            checkpoint();
        }
        Path kept = DatabaseFiles.beside(place, ".before-restore-" + STAMP.format(now));
        try {
            boolean journals = moveJournals(kept);
            if (replaces) {
                keepPermissions(copy.file());
                DurableFile.keepAs(place, kept);
            }
            copy.publish(place, true);
            if (replaces) {
                PrivateFile.close(kept);
            }
            return replaces || journals ? kept : null;
        } catch (IOException e) {
            throw new DatabaseException(
                    "NOT_RESTORED",
                    "The database " + database + " was not replaced: " + e.getMessage() + ".",
                    "Check the folder and its permissions. The former database is in its place, or beside it as " + kept
                            + ".",
                    e);
        }
    }

    private void keepPermissions(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(place));
        }
    }

    /** Checkpoints the database. A damaged one is replaced as well, unless it is locked. */
    private void checkpoint() {
        try {
            databases.checkpoint(database);
        } catch (DatabaseLockedException e) {
            throw e;
        } catch (DatabaseException damaged) {
            return;
        }
    }

    // A journal that stays would be taken for the new database's.
    private boolean moveJournals(Path kept) throws IOException {
        boolean any = false;
        for (String suffix : DatabaseFiles.journals()) {
            Path journal = DatabaseFiles.journal(place, suffix);
            if (Files.exists(journal)) {
                Files.move(journal, DatabaseFiles.journal(kept, suffix), StandardCopyOption.REPLACE_EXISTING);
                any = true;
            }
        }
        return any;
    }
}
