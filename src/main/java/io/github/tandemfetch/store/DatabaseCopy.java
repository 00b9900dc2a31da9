package io.github.tandemfetch.store;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * A whole copy of a database, byte for byte, in a hidden folder until it is published. It is made while the database is
 * held open for reading: others may read, and nobody can write. What the engine had not moved into the database file yet
 * is moved into the copy. Readable by its owner only.
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
     * Copies a database and proves that the copy can be opened and holds as many rows.
     *
     * @param databases opens databases
     * @param source the database file
     * @param target where the copy is to be published; its folder must be there
     * @return the copy, to be published or closed
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
                databases.settle(aside);
            }
            sync(aside);
            try (Database copied = databases.openForReading(aside)) {
                if (!rows(copied).equals(rows)) {
                    throw new DatabaseException(
                            "COPY_NOT_EQUAL",
                            "The copy of " + source + " does not hold the same rows, and was thrown away.",
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
            return new HiddenFolders().makeIn(folder);
        } catch (IOException e) {
            throw failed(source, target, e);
        }
    }

    /**
     * How many rows each table of the copy holds.
     *
     * @return the numbers by the tables' names
     */
    public Map<String, Long> tables() {
        return Map.copyOf(tables);
    }

    /**
     * Where the copy lies until it is published.
     *
     * @return a file in a hidden folder beside the target
     */
    Path file() {
        return aside;
    }

    /**
     * Gives the copy its final name, in one step.
     *
     * @param target the name, in the folder that was given when the copy was made
     * @param replace whether a file of that name is replaced
     * @return the copy's size in bytes
     * @throws DatabaseException where there is such a file, or the file system refuses
     */
    public long publish(Path target, boolean replace) {
        try {
            if (replace) {
                Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                link(target);
            }
            syncFolder(target.toAbsolutePath().getParent());
            return Files.size(target);
        } catch (FileAlreadyExistsException e) {
            throw fileExists(target);
        } catch (IOException e) {
            throw failed(source, target, e);
        }
    }

    static DatabaseException fileExists(Path target) {
        return new DatabaseException(
                "FILE_EXISTS",
                "The file " + target + " exists already and was not changed.",
                "Add --overwrite to replace it, or choose another name.",
                null);
    }

    // A plain rename replaces a file that has appeared meanwhile; a second name for the same file does not.
    private void link(Path target) throws IOException {
        try {
            Files.createLink(target, aside);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links, such as that of a memory stick.
            Files.move(aside, target);
        }
        Files.deleteIfExists(aside);
    }

    /** Throws the copy away, unless it is published. */
    @Override
    public void close() {
        hidden.close();
    }

    /** Whether there was a journal too. The file comes last: closing it lets go of the process' lock on it. */
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
                    throw new IOException(from + " became shorter while it was read");
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

    /** Removes what killed processes of former versions have left: files without a lock, so by their age. */
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

    static void sync(Path file) throws IOException {
        sync(file, StandardOpenOption.WRITE);
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    static void syncFolder(Path folder) throws IOException {
        // Windows cannot open a folder, and needs no such step.
        if (java.io.File.separatorChar == '/') {
            sync(folder, StandardOpenOption.READ);
        }
    }

    private static DatabaseException failed(Path source, Path target, IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new DatabaseException(
                    DatabaseException.DISK_FULL,
                    "The disk is full: the copy of " + source + " to " + target + " was not made.",
                    "Make room for a file of the same size, or choose another place.",
                    e);
        }
        String why = e instanceof NoSuchFileException ? "there is no " + reason : reason;
        return new DatabaseException(
                "COPY_NOT_WRITTEN",
                "The copy of " + source + " to " + target + " was not made: " + why + ".",
                "Check the folder and its permissions, or choose another place.",
                e);
    }
}
