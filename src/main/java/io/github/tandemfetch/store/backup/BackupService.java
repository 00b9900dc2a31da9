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

/** Backs up and restores a database. */
@Singleton
public class BackupService {
    private static final String NAME_A_BACKUP = "Name a file created by 'tandem backup'.";
    private static final List<String> OF_TANDEM = List.of("schema_version", "raw_events");

    private final DatabaseOpener databases;
    private final Clock clock;

    public BackupService(DatabaseOpener databases, Clock clock) {
        this.databases = databases;
        this.clock = clock;
    }

    /**
     * Copies a database. Others may read it meanwhile; a writing process is waited for.
     *
     * @param overwrite whether to replace an existing file once the copy is complete
     * @throws DatabaseException where there is no database, another process writes to it, the file exists, or it cannot
     *     be written
     */
    public BackupReport backup(Path database, Path file, boolean overwrite) {
        long started = System.nanoTime();
        refuseSame(database, file);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && (!overwrite || !Files.isRegularFile(file))) {
            throw Files.isRegularFile(file)
                    ? DatabaseCopy.fileExists(file)
                    : new DatabaseException(
                            "FILE_EXISTS", file + " already exists and is not a file.", "Choose another name.", null);
        }
        makeFolder(file);
        try (DatabaseCopy copy = DatabaseCopy.of(databases, database, file)) {
            long bytes = copy.publish(file, overwrite);
            return new BackupReport(
                    database.toString(), file.toString(), bytes, copy.tables(), (System.nanoTime() - started) / 1e9);
        }
    }

    /**
     * Checks whether a file can be restored; changes nothing.
     *
     * @param database may be missing
     * @throws TandemException where there is no such file
     * @throws DatabaseException where the backup cannot be read, is the database itself, is not a database of tandem's,
     *     or has a newer version
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
     * Replaces the database by a backup, atomically. The backup stays; the former database is kept under another name.
     *
     * @param database may be missing
     * @throws TandemException where there is no such file
     * @throws DatabaseException where the backup cannot be read, is not a database of tandem's, or has a newer version;
     *     where another process holds the database; where it cannot be written. The database is then unchanged.
     */
    public RestoreReport restore(Path file, Path database) {
        find(file, database);
        makeFolder(database);
        Path place = placeOf(database);
        try (DatabaseCopy copy = ofBackup(() -> DatabaseCopy.of(databases, file, place))) {
            refuseForeign(file, copy.tables().keySet());
            Path replaced = new DatabaseReplacer(databases, database, place, clock.instant()).replaceWith(copy);
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
                    "The backup " + file + " cannot be read: permission denied.",
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
                    "The file " + file + " is a DuckDB database, but not one of tandem's.",
                    NAME_A_BACKUP,
                    null);
        }
    }

    /** The file itself: a symbolic link is kept. */
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
