package io.github.tandemfetch.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A hidden folder locked by this process until it is closed. */
public final class HiddenFolder implements AutoCloseable {
    static final String LOCK = "lock";

    private static final Logger LOG = Logger.getLogger(HiddenFolder.class);

    private final Path path;
    private final FileChannel lock;

    HiddenFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    public Path path() {
        return path;
    }

    /** Removes the folder with its content. Closing twice has no effect. */
    @Override
    public void close() {
        try {
            removeTree(path);
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be removed", path);
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debugf(e, "The lock of %s could not be closed", path);
        }
    }

    /** Removes a file or a folder with its content, if it exists. Symbolic links are not followed. */
    public static void removeTree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
