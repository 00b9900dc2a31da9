package io.github.tandemfetch.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * The folder beside a database file where the engine puts what does not fit into its memory. It takes the folder away
 * by itself, unless its process is killed.
 */
final class SpillFolder {
    private static final Logger LOG = Logger.getLogger(SpillFolder.class);
    private static final String SPILLED = "duckdb_temp_*";

    private final Path database;
    private final Path folder;

    SpillFolder(Path database) {
        this.database = database;
        folder = Path.of(database.toAbsolutePath() + ".tmp");
    }

    /**
     * Removes what a killed process has left, where nobody has the database open. To be called before this process opens it:
     * the engine may spill as soon as it does. Files that the engine has not made stay, and so does the folder then.
     */
    void removeLeft() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // The engine holds the same lock on a file that it has open.
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            if (alone != null) {
                remove();
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debugf("%s stays: %s", folder, e.getMessage());
        }
    }

    private void remove() throws IOException {
        try (DirectoryStream<Path> spilled = Files.newDirectoryStream(folder, SPILLED)) {
            for (Path file : spilled) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(folder);
    }
}
