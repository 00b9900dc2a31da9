package io.github.tandemfetch.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * The folder beside a database file where the engine puts what does not fit into its memory. It takes the folder away
 * by itself, unless its process is killed.
 */
final class SpillFolder {
    private static final Logger LOG = Logger.getLogger(SpillFolder.class);
    private static final String SPILLED = "duckdb_temp_*";

    private final Path folder;

    SpillFolder(Path database) {
        folder = Path.of(database.toAbsolutePath() + ".tmp");
    }

    /**
     * Removes what a killed process has left. To be called by who holds the database for writing, so that it is nobody
     * else's; files that the engine has not made stay, and so does the folder then.
     */
    void removeLeft() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            try (DirectoryStream<Path> spilled = Files.newDirectoryStream(folder, SPILLED)) {
                for (Path file : spilled) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.debugf("%s stays: %s", folder, e.getMessage());
        }
    }
}
