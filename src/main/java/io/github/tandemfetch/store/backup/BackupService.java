package io.github.tandemfetch.store.backup;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseCopy;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.DatabaseReplacer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Copies the whole database, and puts a copy in its place. */
@Singleton
public class BackupService {
    private static final String NAME_A_BACKUP = "Name a file that 'tandem backup' has made.";
    private static final List<String> OF_TANDEM = List.of("schema_version", "raw_events");

    private final DatabaseOpener databases;
    private final Clock clock;

    /**
     * Creates the service.
     *
     * @param databases opens databases
     * @param clock names the database that a restore replaces
     */
    public BackupService(DatabaseOpener databases, Clock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    /**
     * Copies a database. Others may read it meanwhile; a process that writes is waited for a little.
     *
     * @param database the database file
     * @param file where the copy is to be
     * @param overwrite whether a file that is there is replaced, once the copy is whole
     * @return what came of it
     * @throws DatabaseException where there is no database, another process writes to it, there is such a file, or it
     *     cannot be written
     */
    public BackupReport backup(Path database, Path file, boolean overwrite) {
        long started = System.nanoTime();
        refuseSame(database, file);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && (!overwrite || !Files.isRegularFile(file))) {
            throw new DatabaseException(
                    "FILE_EXISTS",
                    Files.isRegularFile(file)
                            ? "The file " + file + " exists already and was not changed."
                            : file + " is there already and is not a file.",
                    Files.isRegularFile(file)
                            ? "Add --overwrite to replace it, or choose another name."
                            : "Name a file.",
                    null);
        }
        makeFolder(file);
        try (DatabaseCopy copy = DatabaseCopy.of(databases, database, file)) {
            long bytes = copy.publish(file, overwrite);
            return new BackupReport(
                    database.toString(), file.toString(), bytes, copy.tables(), (System.nanoTime() - started) / 1e9);
        }
    }

    /**
     * Looks whether a file is a backup that could be put in the place of the database. Nothing is changed.
     *
     * @param file the backup
     * @param database the database file, which need not be there
     * @throws TandemException where there is no such file
     * @throws DatabaseException where the backup cannot be read, is the database itself, is no database of tandem's, or
     *     of a newer one
     */
    public void check(Path file, Path database) {
        find(file, database);
        try (Database backup = ofBackup(() -> databases.openForReading(file))) {
            Set<String> tables = new HashSet<>();
            backup.forEach(
                    "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()",
                    row -> tables.add(row.getString(1)));
            refuseForeign(file, tables);
        }
    }

    /**
     * Puts a backup in the place of the database, in one step. The backup stays, and the former database too, under
     * another name.
     *
     * @param file the backup
     * @param database the database file, which need not be there
     * @return what came of it
     * @throws TandemException where there is no such file
     * @throws DatabaseException where the backup cannot be read, is no database of tandem's, or of a newer one; where
     *     another process holds the database; where it cannot be written. The database is then as it was.
     */
    public RestoreReport restore(Path file, Path database) {
        find(file, database);
        makeFolder(database);
        Path place = placeOf(database);
        try (DatabaseCopy copy = ofBackup(() -> DatabaseCopy.of(databases, file, place))) {
            refuseForeign(file, copy.tables().keySet());
            Path replaced = new DatabaseReplacer(databases, database, place, clock.instant()).with(copy);
            return new RestoreReport(
                    database.toString(), file.toString(), replaced == null ? null : replaced.toString(), copy.tables());
        }
    }

    private static void find(Path file, Path database) {
        if (!Files.exists(file)) {
            throw new TandemException(
                    "BACKUP_NOT_FOUND", "There is no backup at " + file + ".", NAME_A_BACKUP, ExitStatus.INVALID_USAGE);
        }
        refuseSame(database, file);
        if (!Files.isReadable(file)) {
            throw new DatabaseException(
                    "BACKUP_NOT_READABLE",
                    "The backup " + file + " may not be read: permission denied.",
                    "Check the owner and the permissions of the file.",
                    null);
        }
    }

    private static <T> T ofBackup(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DatabaseException e) {
            if (e.code().equals("NOT_A_DATABASE")) {
                throw new DatabaseException(e.code(), e.getMessage(), NAME_A_BACKUP, e);
            }
            throw e;
        }
    }

    private static void refuseForeign(Path file, Set<String> tables) {
        if (!tables.containsAll(OF_TANDEM)) {
            throw new DatabaseException(
                    "NOT_A_BACKUP",
                    "The file " + file + " is a database, but not one of tandem's.",
                    NAME_A_BACKUP,
                    null);
        }
    }

    /** Where the file itself lies: a symbolic link stays one. */
    private static Path placeOf(Path database) {
        try {
            return Files.isSymbolicLink(database) && Files.exists(database) ? database.toRealPath() : database;
        } catch (IOException e) {
            throw notUsable(database, e);
        }
    }

    private static void refuseSame(Path database, Path file) {
        try {
            if (Files.exists(database) && Files.exists(file) && Files.isSameFile(database, file)) {
                throw new DatabaseException("SAME_FILE", file + " is the database itself.", "Name another file.", null);
            }
        } catch (IOException e) {
            throw notUsable(file, e);
        }
    }

    private static void makeFolder(Path file) {
        try {
            PrivateFile.createFolder(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw notUsable(file, e);
        }
    }

    private static DatabaseException notUsable(Path file, IOException e) {
        return new DatabaseException(
                "FOLDER_NOT_WRITABLE",
                "The folder for " + file + " cannot be used.",
                "Check its permissions, or choose another place.",
                e);
    }
}
