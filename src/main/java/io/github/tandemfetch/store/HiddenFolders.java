package io.github.tandemfetch.store;

import io.github.tandemfetch.config.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Creates hidden folders, mode 0700, for files that are not complete yet, and removes those of killed processes. Each
 * folder has a lock file whose lock ends with the process.
 */
public final class HiddenFolders {
    private static final Logger LOG = Logger.getLogger(HiddenFolders.class);
    private static final String PREFIX = ".tandem-";
    private static final String SUFFIX = ".tmp";
    private static final Duration SURELY_STALE = Duration.ofDays(1);

    // Closing a second channel to a locked file gives up this process' own lock on it, so the folders of this process
    // are recognized by their names. The process id alone is not enough: in a container it is always the same.
    private final long process = 31 * ProcessHandle.current().pid() + startMillis(ProcessHandle.current()) * 1_000_003;

    /** Creates a folder, after removing those of killed processes. */
    public HiddenFolder createIn(Path parent) throws IOException {
        removeStaleIn(parent);
        Path folder =
                parent.resolve(PREFIX + new UUID(process, UUID.randomUUID().getLeastSignificantBits()) + SUFFIX);
        PrivateFile.createFolder(folder);
        FileChannel lock = (FileChannel) PrivateFile.createFile(folder.resolve(HiddenFolder.LOCK));
        lockWherePossible(lock);
        return new HiddenFolder(folder, lock);
    }

    /** Removes the folders of killed processes. */
    void removeStaleIn(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*" + SUFFIX)) {
            for (Path path : left) {
                if (!isOfThisProcess(path)) {
                    removeIfStale(path);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debugf(e, "%s could not be looked through", parent);
        }
    }

    private boolean isOfThisProcess(Path folder) {
        String name = folder.getFileName().toString();
        try {
            return UUID.fromString(name.substring(PREFIX.length(), name.length() - SUFFIX.length()))
                            .getMostSignificantBits()
                    == process;
        } catch (IllegalArgumentException otherName) {
            return false;
        }
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static void removeIfStale(Path path) {
        Path lock = path.resolve(HiddenFolder.LOCK);
        if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
            // Its owner may be about to create the lock.
            removeIfOld(path);
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock taken = channel.tryLock()) {
            if (taken != null) {
                HiddenFolder.removeTree(path);
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
                HiddenFolder.removeTree(path);
            }
        } catch (IOException e) {
            LOG.debugf(e, "%s is left alone", path);
        }
    }

    private static void lockWherePossible(FileChannel lock) {
        try {
            lock.tryLock();
        } catch (IOException e) {
            LOG.debug("This file system has no locks; no other process can take one either", e);
        }
    }
}
