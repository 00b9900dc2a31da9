package io.github.tandemfetch.store;

import io.github.tandemfetch.config.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The engine's folder beside a database file for data that does not fit into memory. The engine removes its files
 * unless its process is killed.
 */
final class SpillFolder {
    private static final Logger LOG = Logger.getLogger(SpillFolder.class);

    // The engine's names begin with the number of its process.
    private static final Pattern SPILLED = Pattern.compile("duckdb_temp_(\\d{1,18})_.*");

    private final Path database;
    private final Path folder;

    SpillFolder(Path database) {
        this.database = database;
        folder = DatabaseFiles.spillFolder(database);
    }

    /**
     * Removes the files of killed processes, unless the database is open. Call it before opening the database: the
     * engine may spill at once. Where no file is stale, no lock of another opening in this process is touched.
     */
    void removeStale() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            List<Path> stale = stale();
            if (!stale.isEmpty()) {
                removeUnlessHeld(stale);
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debugf("%s stays: %s", folder, e.getMessage());
        }
    }

    /**
     * Creates the folder, mode 0700: the engine would use the umask. Where it cannot be created, the engine fails once
     * it needs it.
     */
    void create() {
        try {
            PrivateFile.createFolder(folder);
        } catch (IOException e) {
            LOG.debugf("%s is not made: %s", folder, e.getMessage());
        }
    }

    /** Removes the folder unless it is in use. */
    void removeEmpty() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debugf("%s stays: %s", folder, e.getMessage());
        }
    }

    private List<Path> stale() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SpillFolder::isStale).toList();
        }
    }

    private static boolean isStale(Path file) {
        Matcher name = SPILLED.matcher(file.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /** Process numbers differ between containers, but the engine locks an open file. */
    private void removeUnlessHeld(List<Path> stale) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            if (alone != null) {
                for (Path file : stale) {
                    Files.deleteIfExists(file);
                }
                Files.delete(folder);
            }
        }
    }
}
