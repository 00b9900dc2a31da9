package io.github.tandemfetch.store;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Puts a copy in the place of a database, which keeps its content under another name. */
public final class DatabaseReplacer {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss_SSS").withZone(ZoneOffset.UTC);

    private final DatabaseOpener databases;
    private final Path database;
    private final Path place;
    private final Instant now;

    /**
     * Prepares to replace a database.
     *
     * @param databases opens databases
     * @param database the database file, as it is opened; it need not be there
     * @param place the same file, or what it is a symbolic link to
     * @param now names the former database
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
     * @param copy what is to be in its place, in the same folder
     * @return where the former database lies now; null where there was none
     * @throws DatabaseLockedException where another process holds it
     * @throws DatabaseException where the file system refuses
     */
    public Path with(DatabaseCopy copy) {
        boolean replaces = Files.exists(database);
        if (replaces) {
            letGo();
        }
        Path kept = DatabaseFiles.beside(place, ".before-restore-" + STAMP.format(now));
        try {
            boolean journals = moveJournals(kept);
            if (replaces) {
                keepPermissions(copy.file());
                keep(kept);
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
                    "Check the folder and its permissions. What was there is there still, or beside it as " + kept
                            + ".",
                    e);
        }
    }

    private void keepPermissions(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(place));
        }
    }

    /** Brings everything into the one file. A database that is damaged is replaced all the same, if nobody holds it. */
    private void letGo() {
        try {
            databases.settle(database);
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

    // With a second name, there is a database under its own name at every moment.
    private void keep(Path kept) throws IOException {
        try {
            Files.createLink(kept, place);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(place, kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
