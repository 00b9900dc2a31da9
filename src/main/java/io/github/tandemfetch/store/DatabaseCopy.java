package io.github.tandemfetch.store;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * A copy of a database, in a hidden folder until it is published, mode 0600. It is made while the database is held open
 * for reading: others may read, none can write. The journal is checkpointed into the copy.
 */
public final class DatabaseCopy implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(DatabaseCopy.class);
    private static final String ASIDE = ".part";
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final Path source;
    private final HiddenFolder hidden;
    private final Path aside;
    private final Map<String, Long> tables;

    private DatabaseCopy(Path source, HiddenFolder hidden, Path aside, Map<String, Long> tables) {
        this.source = source;
        this.hidden = hidden;
        this.aside = aside;
        this.tables = tables;
    }

    /**
     * Copies a database and verifies that the copy opens and has as many rows.
     *
     * @param target where the copy will be published; its folder must exist
     * @throws DatabaseException where the database cannot be opened, a process writes to it, or the copy fails
     */
    public static DatabaseCopy of(DatabaseOpener databases, Path source, Path target) {
        DatabaseOpener.requireUsable(target);
        HiddenFolder hidden = hiddenBeside(source, target);
        Path aside = hidden.path().resolve("copy.db");
        boolean whole = false;
        try {
            Map<String, Long> rows;
            boolean journals;
            try (Database held = databases.openForReading(source)) {
                rows = rows(held);
                journals = copy(source, aside);
            }
            if (journals) {
                databases.checkpoint(aside);
            }
            DurableFile.sync(aside);
            try (Database copied = databases.openForReading(aside)) {
                if (!rows(copied).equals(rows)) {
                    throw new DatabaseException(
                            "COPY_NOT_EQUAL",
                            "The copy of " + source + " does not have the same rows and was deleted.",
                            "Check the disk, and run 'tandem verify'.",
                            null);
                }
            }
            whole = true;
            return new DatabaseCopy(source, hidden, aside, rows);
        } catch (IOException e) {
            throw failed(source, target, e);
        } finally {
            if (!whole) {
                hidden.close();
            }
        }
    }

    private static HiddenFolder hiddenBeside(Path source, Path target) {
        Path folder = target.toAbsolutePath().getParent();
        removeLeftOfFormerVersions(folder, "." + target.getFileName() + ".");
        try {
            return new HiddenFolders().createIn(folder);
        } catch (IOException e) {
            throw failed(source, target, e);
        }
    }

    /** The row count of each table. */
    public Map<String, Long> tables() {
        return Map.copyOf(tables);
    }

    /**
     * The path of the copy until it is published.
     *
     * @return a file in a hidden folder beside the target
     */
    Path file() {
        return aside;
    }

    /**
     * Moves the copy to its final name, atomically.
     *
     * @param target a name in the folder that was given for the copy
     * @param replace whether to replace an existing file
     * @return the size in bytes
     * @throws DatabaseException where the file exists, or the file system refuses
     */
    public long publish(Path target, boolean replace) {
        try {
            if (replace) {
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                DurableFile.moveNew(aside, target);
            }
            DurableFile.syncFolder(target.toAbsolutePath().getParent());
            return Files.size(target);
        } catch (FileAlreadyExistsException e) {
            throw fileExists(target);
        } catch (IOException e) {
            throw failed(source, target, e);
        }
    }

    public static DatabaseException fileExists(Path target) {
        return new DatabaseException(
                "FILE_EXISTS",
                "The file " + target + " already exists and was not changed.",
                "Add --overwrite to replace it, or choose another name.",
                null);
    }

    /** Deletes the copy, unless it was published. */
    @Override
    public void close() {
        hidden.close();
    }

    /** Whether there was a journal too. The database file is last: closing it releases the process' lock on it. */
    private static boolean copy(Path source, Path aside) throws IOException {
        boolean journals = false;
        for (String suffix : DatabaseFiles.journals()) {
            Path journal = DatabaseFiles.journal(source, suffix);
            if (Files.exists(journal)) {
                copyFile(journal, DatabaseFiles.journal(aside, suffix));
                journals = true;
            }
        }
        copyFile(source, aside);
        return journals;
    }

    private static void copyFile(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                SeekableByteChannel out = PrivateFile.createFile(to)) {
            long size = in.size();
            for (long done = 0; done < size; ) {
                long moved = in.transferTo(done, size - done, out);
                if (moved == 0) {
                    throw new IOException(from + " shrank while it was read");
                }
                done += moved;
            }
        }
    }

    private static Map<String, Long> rows(Database database) {
        Map<String, Long> rows = new TreeMap<>();
        database.forEach("""
                SELECT table_name FROM duckdb_tables()
                WHERE database_name = current_database() AND schema_name = 'main'
                """, row -> rows.put(row.getString(1), 0L));
        rows.replaceAll((table, none) -> database.first(
                        "SELECT count(*) FROM " + Identifier.quoted(table), row -> row.getLong(1))
                .orElse(0L));
        return rows;
    }

    /** Removes files left by killed processes of earlier versions, which had no locks: by their age. */
    private static void removeLeftOfFormerVersions(Path folder, String hidden) {
        Instant old = Instant.now().minus(LEFT_BEHIND);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> {
            String name = file.getFileName().toString();
            return name.startsWith(hidden)
                    && name.contains(ASIDE)
                    && Files.getLastModifiedTime(file).toInstant().isBefore(old);
        })) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be looked through", folder);
        }
    }

    private static DatabaseException failed(Path source, Path target, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (EngineFailures.isDiskFull(e)) {
            return new DatabaseException(
                    DatabaseException.DISK_FULL,
                    "The disk is full: the copy of " + source + " to " + target + " was not made.",
                    "Free disk space for a file of the same size, or choose another folder.",
                    e);
        }
        String why = e instanceof NoSuchFileException ? "no such file: " + reason : reason;
        return new DatabaseException(
                "COPY_NOT_WRITTEN",
                "The copy of " + source + " to " + target + " was not made: " + why + ".",
                "Check the folder and its permissions, or choose another folder.",
                e);
    }
}
