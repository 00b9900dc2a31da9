package io.github.tandemfetch.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Makes the hidden folders in which exports write, and removes those that a killed process has left. Each folder holds a
 * file that its owner keeps locked; the lock ends with the process, however it ends.
 */
final class WorkFolders {
    private static final Logger LOG = Logger.getLogger(WorkFolders.class);
    private static final String PATTERN = ".tandem-*.tmp";
    private static final String LOCK = "lock";
    private static final Duration SURELY_STALE = Duration.ofDays(1);

    // Closing a second channel to a locked file gives up this process' own lock on it, so these are not to be tried.
    private final Set<Path> own = ConcurrentHashMap.newKeySet();

    /** Makes a folder beside the files to be, and the folder around it where it is not there. */
    WorkFolder makeIn(Path parent) {
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw ExportException.folderNotMade(parent, e);
        }
        removeStaleIn(parent);
        Path folder = parent.resolve(".tandem-" + UUID.randomUUID() + ".tmp");
        own.add(folder);
        try {
            Files.createDirectory(folder);
            FileChannel lock =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lockWherePossible(lock);
            return new WorkFolder(folder, lock, () -> own.remove(folder));
        } catch (IOException e) {
            own.remove(folder);
            throw ExportException.folderNotWritable(parent, e);
        }
    }

    private void removeStaleIn(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PATTERN)) {
            for (Path path : left) {
                if (!own.contains(path)) {
                    removeIfStale(path);
                }
            }
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be looked through", parent);
        }
    }

    private static void removeIfStale(Path path) {
        Path lock = path.resolve(LOCK);
        if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
            // Its owner may be about to make the lock.
            removeIfOld(path);
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock taken = channel.tryLock()) {
            if (taken != null) {
                WorkFolder.removeTree(path);
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debugf(e, "%s is left alone", path);
        }
    }

    private static void removeIfOld(Path path) {
        try {
            Instant changed =
                    Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
            if (changed.isBefore(Instant.now().minus(SURELY_STALE))) {
                WorkFolder.removeTree(path);
            }
        } catch (IOException e) {
            LOG.debugf(e, "%s is left alone", path);
        }
    }

    private static void lockWherePossible(FileChannel lock) {
        try {
            lock.tryLock();
        } catch (IOException e) {
            LOG.debug("This file system has no locks; nobody else can take one either", e);
        }
    }
}
