package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The hidden files that an export has under way beside the final ones. They are removed when the export ends, also by
 * Ctrl-C or SIGTERM; a process that is killed outright leaves them, never a final name.
 */
final class UnfinishedFiles implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(UnfinishedFiles.class);

    private final Set<Path> paths = ConcurrentHashMap.newKeySet();
    private final Thread onShutdown = new Thread(this::removeAll, "tandem-export-cleanup");

    UnfinishedFiles() {
        Runtime.getRuntime().addShutdownHook(onShutdown);
    }

    /** A name that no other file in the folder has. */
    Path newIn(Path folder) {
        Path path = folder.resolve(".tandem-" + UUID.randomUUID() + ".tmp");
        paths.add(path);
        return path;
    }

    /** Removes a file, or a folder with what is in it; fine where it is gone already. */
    void remove(Path path) {
        try {
            if (Files.isDirectory(path)) {
                removeTree(path);
            } else {
                Files.deleteIfExists(path);
            }
            paths.remove(path);
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be removed", path);
        }
    }

    @Override
    public void close() {
        removeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException e) {
            LOG.debug("The process is ending; its hook removes what is left", e);
        }
    }

    private void removeAll() {
        paths.forEach(this::remove);
    }

    private static void removeTree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
