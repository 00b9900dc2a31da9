package io.github.tandemfetch.store;

import io.github.tandemfetch.config.EnvironmentProducer;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.duckdb.EngineLibrary;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.FileConnection;
import org.jboss.logging.Logger;

/** Opens DuckDB files. Waits a few seconds for a file locked by another process, then names that process. */
@Singleton
public class DatabaseOpener {
    private static final Logger LOG = Logger.getLogger(DatabaseOpener.class);
    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);
    private static final Duration LOCK_POLL = Duration.ofMillis(100);

    // Older DuckDB, pandas and R can open a file of this format.
    static final String FILE_FORMAT = "v1.4.0";
    // With threads of their own for writing files, the engine (2.0.0) can wait for itself forever when a disk is full
    // in
    // the middle of a COPY: it aborts the writes while one of them reports its failure.
    private static final String ASYNC_THREADS_READING = "0";
    private static final String MEMORY_LIMIT_READING = "256MB";

    // A user's statement may not spill to disk.
    private static final String MEMORY_LIMIT_STATEMENTS = "1GB";

    // The order matters: each of these would be refused after the next ones. Without the last but one, a statement
    // could
    // still read the database file itself as bytes.
    private static final List<String> LOCK_DOWN = List.of(
            "SET temp_directory = ''",
            "SET allowed_directories = []",
            "SET enable_external_access = false",
            "SET disabled_filesystems = 'LocalFileSystem'",
            "SET lock_configuration = true");

    // About as much as is stored between two of the pipeline's own checkpoints. The engine's default of 16 MB rewrites
    // indexes with every other window of a backfill.
    private static final String WAL_BEFORE_CHECKPOINT = "128MB";

    // The pipeline's own threads keep two cores busy. A second engine thread takes half as much CPU again.
    private static final String THREADS_WRITING = "1";

    // Stands where a failure names the file.
    private static final Path IN_MEMORY = Path.of("in memory");

    private final EngineLibrary engine;

    /** Uses the library of this program. */
    public DatabaseOpener() {
        this(new EngineLibrary(new EnvironmentProducer().environment()));
    }

    @Inject
    DatabaseOpener(EngineLibrary engine) {
        this.engine = engine;
    }

    /**
     * Starts loading the engine in the background, so that the next opening is faster. Failures are reported by that
     * opening.
     */
    public EngineWarmUp prepare() {
        return new EngineWarmUp(engine);
    }

    /**
     * Opens a file for reading and writing. Creates the file, its folder and its tables where they are missing, and
     * migrates an older schema after a backup.
     *
     * @throws DatabaseException where the file cannot be opened, is locked by another process, is not a database, or
     *     has a newer version
     */
    public Database openForWriting(Path file) {
        makeFolder(file);
        if (Files.exists(file)) {
            new HiddenFolders().removeStaleIn(folderOf(file));
            upgradeStorage(file);
        } else {
            requireUsable(file);
            new NewDatabase(file).create(this::makeEmpty);
        }
        Database database = openWithoutMigration(file);
        try {
            Migrations migrations = new Migrations();
            int version = Migrations.versionOf(database);
            boolean outdated = migrations.isOutdated(database);
            if (outdated) {
                // The backup is made with the file open read-only, so that the engine's lock stays.
                database.close();
                MigrationBackup.make(this, file, version);
                database = openWithoutMigration(file);
            }
            migrations.migrate(database);
            if (outdated) {
                MigrationBackup.keepOnly(file, version);
            }
            EngineMemory.fit(database);
            warnOfReaders(file);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void upgradeStorage(Path file) {
        if (!DatabaseHeader.of(file).isCurrent()) {
            new StorageUpgrade(this, file).run();
        }
    }

    private void makeEmpty(Path file) {
        Properties properties = new Properties();
        properties.setProperty("storage_compatibility_version", FILE_FORMAT);
        try {
            connect(file.toString(), false, properties).close();
        } catch (SQLException e) {
            throw EngineFailures.onOpen(file, e);
        }
    }

    private static void warnOfReaders(Path file) {
        try {
            if (PrivateFile.isOpenToOthers(file)) {
                LOG.warnf(
                        "Other users of this machine can open the database %s. Run 'chmod 600' on it, unless that is"
                                + " intended.",
                        file);
            }
        } catch (IOException e) {
            LOG.debugf(e, "the permissions of %s cannot be read", file);
        }
    }

    Database openWithoutMigration(Path file) {
        Properties properties = new Properties();
        properties.setProperty("storage_compatibility_version", FILE_FORMAT);
        properties.setProperty("memory_limit", EngineMemory.FOR_A_NEW_DATABASE);
        properties.setProperty("threads", THREADS_WRITING);
        properties.setProperty("wal_autocheckpoint", WAL_BEFORE_CHECKPOINT);
        new SpillFolder(file).removeStale();
        Database database = open(file, false, properties, LOCK_WAIT);
        try {
            database.execute(StagingCatalog.ATTACH);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Checkpoints a database file, which removes its journals.
     *
     * @throws DatabaseException where the file cannot be opened for writing
     */
    void checkpoint(Path file) {
        try (Database database = openWithoutMigration(file)) {
            database.checkpoint();
        }
    }

    /**
     * Opens an existing file for reading and writing.
     *
     * @throws DatabaseNotFoundException where there is no such file
     * @throws DatabaseException as {@link #openForWriting} does
     */
    public Database openExistingForWriting(Path file) {
        if (!Files.exists(file)) {
            throw new DatabaseNotFoundException(file);
        }
        return openForWriting(file);
    }

    /**
     * Opens a file read-only; several readers may do so at the same time.
     *
     * @throws DatabaseNotFoundException where there is no such file
     * @throws DatabaseException where the file cannot be opened, is locked by a writer, is not a database, or has a
     *     newer version
     */
    public Database openForReading(Path file) {
        return openForReading(file, LOCK_WAIT);
    }

    /**
     * Opens a file read-only, as {@link #openForReading(Path)} does, with another timeout.
     *
     * @param patience how long to wait for a lock; zero for a single attempt
     */
    public Database openForReading(Path file, Duration patience) {
        return openForReading(file, MEMORY_LIMIT_READING, patience);
    }

    private Database openForReading(Path file, String memoryLimit, Duration patience) {
        if (!Files.exists(file)) {
            throw new DatabaseNotFoundException(file);
        }
        Properties properties = new Properties();
        properties.setProperty("memory_limit", memoryLimit);
        properties.setProperty("async_threads", ASYNC_THREADS_READING);
        Database database = open(file, true, properties, patience);
        try {
            new Migrations().refuseNewer(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Opens a file for a user's SQL: read-only, without access to any other file, with a locked configuration.
     *
     * @throws DatabaseNotFoundException where there is no such file
     * @throws DatabaseException as {@link #openForReading(Path)} does
     */
    public Database openForStatements(Path file) {
        Database database = openForReading(file, MEMORY_LIMIT_STATEMENTS, LOCK_WAIT);
        try {
            LOCK_DOWN.forEach(database::execute);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Creates an empty database in memory. Closing discards it.
     *
     * @throws DatabaseException where the engine cannot be loaded
     */
    public Database openInMemory() {
        try {
            return new Database(
                    OpenFile.inMemory(IN_MEMORY), connect(FileConnection.IN_MEMORY, false, new Properties()));
        } catch (SQLException e) {
            throw EngineFailures.onOpen(IN_MEMORY, e);
        }
    }

    private static Path folderOf(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static void makeFolder(Path file) {
        try {
            PrivateFile.createFolder(folderOf(file));
        } catch (IOException e) {
            throw new DatabaseException(
                    "FOLDER_NOT_WRITABLE",
                    "The folder " + folderOf(file) + " for the database cannot be created.",
                    "Check its permissions, or choose another file with --db.",
                    e);
        }
    }

    // The engine treats a backslash as a slash, and a question mark as the end of the name when it looks for its
    // journal:
    // it would open another file, or lose the last changes.
    static void requireUsable(Path file) {
        Path real;
        try {
            real = DatabaseFiles.real(file);
        } catch (IOException e) {
            throw new DatabaseException(
                    "DATABASE_NOT_OPENED",
                    "The database " + file + " could not be opened: " + e.getMessage(),
                    "Check the path, or choose another with --db.",
                    e);
        }
        boolean backslash = File.separatorChar == '/' && real.toString().indexOf('\\') >= 0;
        if (backslash || real.getParent().toString().indexOf('?') >= 0) {
            throw new DatabaseException(
                    "PATH_NOT_SUPPORTED",
                    "The database engine cannot open " + real + ": a path with "
                            + (backslash ? "a backslash" : "a question mark in a folder's name")
                            + " resolves to another file.",
                    "Rename the " + (backslash ? "file or folder" : "folder") + ", or choose another file with --db.",
                    null);
        }
    }

    private Database open(Path file, boolean readOnly, Properties properties, Duration patience) {
        requireUsable(file);
        DatabaseHeader.of(file);
        SpillFolder spill = new SpillFolder(file);
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                DuckDBConnection connection = connect(file.toAbsolutePath().toString(), readOnly, properties);
                return new Database(
                        readOnly ? forReading(file, spill) : forWriting(file, spill, connection), connection);
            } catch (SQLException e) {
                if (!EngineFailures.isLock(e) || System.nanoTime() > deadline) {
                    throw EngineFailures.onOpen(file, e);
                }
                pause();
            }
        }
    }

    private static OpenFile forReading(Path file, SpillFolder spill) {
        spill.create();
        return OpenFile.forReading(file, spill);
    }

    private static OpenFile forWriting(Path file, SpillFolder spill, DuckDBConnection connection) throws SQLException {
        try {
            OpenFile open = OpenFile.forWriting(file, spill);
            spill.create();
            open.protectJournal();
            return open;
        } catch (IOException e) {
            connection.close();
            throw new DatabaseException(
                    "DATABASE_MOVED",
                    "The database " + file + " was removed or renamed while it was opened.",
                    "Run the same command again.",
                    e);
        }
    }

    private DuckDBConnection connect(String file, boolean readOnly, Properties properties) throws SQLException {
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        properties.setProperty("allow_community_extensions", "false");
        engine.load();
        DuckDBConnection duckdb = FileConnection.open(file, readOnly, properties);
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(Database.SESSION_SETTINGS);
        } catch (SQLException e) {
            duckdb.close();
            throw e;
        }
        return duckdb;
    }

    private static void pause() {
        try {
            Thread.sleep(LOCK_POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(
                    "INTERRUPTED",
                    "Interrupted while waiting for the database.",
                    "Run the same command again.",
                    io.github.tandemfetch.failure.ExitStatus.INTERRUPTED,
                    e);
        }
    }
}
