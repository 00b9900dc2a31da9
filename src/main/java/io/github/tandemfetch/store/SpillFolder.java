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
 * The folder beside a database file where the engine puts what does not fit into its memory. It removes its files
 * by itself, unless its process is killed.
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
     * Removes what processes have left that live no more, where nobody has the database open. To be called before the
     * database is opened: the engine may spill as soon as it does. Where nothing was left nothing is touched, and so no
     * lock of another opening in this process either, which has removed all that before.
     */
    void removeLeft() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            List<Path> left = left();
            if (!left.isEmpty()) {
                removeUnlessHeld(left);
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debugf("%s stays: %s", folder, e.getMessage());
        }
    }

    /**
     * Makes the folder, mode 0700: the engine would make it with the permissions of the umask. Where it cannot be made,
     * the engine says so when it needs it.
     */
    void make() {
        try {
            PrivateFile.createFolder(folder);
        } catch (IOException e) {
            LOG.debugf("%s is not made: %s", folder, e.getMessage());
        }
    }

    /** Removes the folder, unless somebody uses it. */
    void removeEmpty() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.debugf("%s stays: %s", folder, e.getMessage());
        }
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(SpillFolder::isLeft).toList();
        }
    }

    private static boolean isLeft(Path file) {
        Matcher name = SPILLED.matcher(file.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    /** The processes of another container have numbers of their own; but the engine locks a file that it has open. */
    private void removeUnlessHeld(List<Path> left) throws IOException {
        try (FileChannel channel = FileChannel.open(database, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            if (alone != null) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
                Files.delete(folder);
            }
        }
    }
}
