package io.github.tandemfetch.jobs;

import io.github.tandemfetch.config.PrivateFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder of the jobs: the store, and the files of completed jobs. Only its owner may look into it, and only one
 * process uses it at a time. Every file in it has a name that was made here.
 */
final class JobFolder implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobFolder.class);
    private static final String STORE = "jobs.jsonl";
    private static final String LOCK = "lock";
    private static final String FILES = "files";

    // Nothing else is ever removed: somebody may name a folder that has files of another kind.
    private static final Pattern OURS =
            Pattern.compile("[a-z_]+_[0-9]{8}_[0-9]{6}_job[0-9]+\\.[a-z]+(\\.gz)?|\\.tandem-[0-9a-f-]{36}\\.tmp");

    private final Path folder;
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> condemned = new HashSet<>();
    private FileChannel lock;

    /**
     * Creates the folder's door.
     *
     * @param folder the folder, which need not be there yet
     */
    JobFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Makes the folder where it is not there, and takes it for this process.
     *
     * @throws JobException where it is a link, holds something else, or is in use
     */
    void open() {
        try {
            refuseLink(folder);
            refuseForeign();
            PrivateFile.createFolder(folder);
            keepPrivate(folder);
            refuseLink(files());
            PrivateFile.createFolder(files());
            keepPrivate(files());
            takeLock();
        } catch (IOException e) {
            throw JobException.folderNotUsable(folder, "the file system refuses", e);
        }
    }

    /** Where the store is. */
    Path store() {
        return folder.resolve(STORE);
    }

    /** Where the files are. */
    Path files() {
        return folder.resolve(FILES);
    }

    /** Where a file of a name is, or will be. */
    Path file(String name) {
        return files().resolve(name);
    }

    /**
     * Takes a file for reading. Until it is given back, nobody removes it.
     *
     * @param name the file's name
     * @param size its size in bytes, as it was written
     * @return to be given back
     * @throws JobException where it is not there as it was written
     */
    synchronized Lease lease(String name, long size) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (condemned.contains(name) || !attributes.isRegularFile() || attributes.size() != size) {
                throw JobException.gone();
            }
        } catch (IOException e) {
            throw JobException.gone();
        }
        readers.merge(name, 1, Integer::sum);
        return new Lease(this, name);
    }

    /** Whether somebody reads a file. */
    synchronized boolean isRead(String name) {
        return readers.containsKey(name);
    }

    /** Removes a file, as soon as nobody reads it. */
    synchronized void remove(String name) {
        if (readers.containsKey(name)) {
            condemned.add(name);
            return;
        }
        removeNow(file(name));
    }

    /** Makes a finished file its owner's only. */
    void keepPrivate(String name) {
        try {
            if (hasPermissions(file(name))) {
                Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException e) {
            LOG.debug("The folder alone keeps the file private", e);
        }
    }

    /**
     * Removes what no job owns: what a crash or a kill has left.
     *
     * @param owned the names of the files of completed jobs
     */
    synchronized void removeAllBut(Set<String> owned) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(files())) {
            for (Path path : all) {
                String name = path.getFileName().toString();
                if (OURS.matcher(name).matches() && !owned.contains(name)) {
                    removeNow(path);
                }
            }
        } catch (IOException e) {
            LOG.warnf("The folder %s could not be looked through: what is left over there stays.", files());
        }
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            LOG.debug("The lock could not be closed", e);
        }
    }

    private synchronized void giveBack(String name) {
        readers.computeIfPresent(name, (file, count) -> count == 1 ? null : count - 1);
        if (!readers.containsKey(name) && condemned.remove(name)) {
            removeNow(file(name));
        }
    }

    private static void removeNow(Path path) {
        try {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(path);
                return;
            }
            try (Stream<Path> tree = Files.walk(path)) {
                for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            LOG.warnf("%s could not be removed; the next start tries again.", path);
        }
    }

    private void takeLock() throws IOException {
        Path file = folder.resolve(LOCK);
        refuseLink(file);
        makeLock(file);
        lock = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean taken;
        try {
            taken = lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            taken = false;
        }
        if (!taken) {
            lock.close();
            throw JobException.folderTaken(folder);
        }
    }

    private static void makeLock(Path file) throws IOException {
        try {
            PrivateFile.createFile(file).close();
        } catch (FileAlreadyExistsException e) {
            LOG.debug("The lock of an earlier process is taken over");
        }
    }

    private void refuseForeign() throws IOException {
        if (!Files.exists(folder) || Files.exists(folder.resolve(STORE))) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw JobException.folderNotUsable(folder, "it is not a folder", null);
        }
        // Its permissions are about to be changed, which nobody wants for a folder of anything else.
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.anyMatch(
                    path -> !Set.of(LOCK, FILES).contains(path.getFileName().toString()))) {
                throw JobException.folderNotUsable(folder, "it holds other things than export jobs", null);
            }
        }
    }

    private static void keepPrivate(Path path) throws IOException {
        if (hasPermissions(path) && PrivateFile.isOpenToOthers(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void refuseLink(Path path) {
        if (Files.isSymbolicLink(path)) {
            throw JobException.folderNotUsable(folder, path.getFileName() + " is a symbolic link", null);
        }
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A file in somebody's hands. */
    static final class Lease implements AutoCloseable {
        private final JobFolder folder;
        private final String name;
        private boolean given;

        private Lease(JobFolder folder, String name) {
            this.folder = folder;
            this.name = name;
        }

        Path path() {
            return folder.file(name);
        }

        @Override
        public void close() {
            synchronized (this) {
                if (given) {
                    return;
                }
                given = true;
            }
            folder.giveBack(name);
        }
    }
}
