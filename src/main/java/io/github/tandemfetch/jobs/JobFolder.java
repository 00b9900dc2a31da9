package io.github.tandemfetch.jobs;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.store.HiddenFolder;
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
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The folder of the jobs: the store, and the files of completed jobs. Only its owner may look into it, and only one
 * process uses it at a time. Every file in it has a name that was made here.
 */
final class JobFolder implements AutoCloseable {
    /** How many may read one file at the same time: more than any download manager opens. */
    static final int MOST_READERS = 32;

    private static final Logger LOG = Logger.getLogger(JobFolder.class);
    private static final String STORE = "jobs.jsonl";
    private static final String LOCK = "lock";
    private static final String FILES = "files";
    private static final String TOKEN = "token";

    // Nothing else is ever removed: somebody may name a folder that has files of another kind.
    private static final Pattern OURS =
            Pattern.compile(JobFileName.PATTERN.pattern() + "|\\.tandem-[0-9a-f-]{36}\\.tmp");

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

    /**
     * Where a file of a name is, or will be.
     *
     * @throws IllegalArgumentException where the name is none that is made here: it could lead out of the folder
     */
    Path file(String name) {
        if (!OURS.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a job's file");
        }
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
            if (condemned.contains(name)) {
                throw JobException.gone();
            }
            if (readers.getOrDefault(name, 0) >= MOST_READERS) {
                throw JobException.tooManyDownloads();
            }
            FileChannel content = open(file(name), size);
            readers.merge(name, 1, Integer::sum);
            return new Lease(this, name, content);
        } catch (IOException e) {
            throw JobException.gone();
        }
    }

    // What is checked is what is read: the file that was opened, not whatever has the name a moment later.
    private FileChannel open(Path path, long size) throws IOException {
        BasicFileAttributes named = attributes(path);
        if (!named.isRegularFile() || Files.isSymbolicLink(files())) {
            throw JobException.gone();
        }
        FileChannel content = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        if (content.size() != size || !Objects.equals(attributes(path).fileKey(), named.fileKey())) {
            content.close();
            throw JobException.gone();
        }
        return content;
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
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
            PosixFileAttributeView view =
                    Files.getFileAttributeView(file(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rw-------"));
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
            HiddenFolder.removeTree(path);
        } catch (IOException e) {
            LOG.warnf("%s could not be removed; the next start tries again.", path);
        }
    }

    private void takeLock() throws IOException {
        Path file = folder.resolve(LOCK);
        refuseLink(file);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            createLock(file);
        }
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

    private static void createLock(Path file) throws IOException {
        try {
            PrivateFile.createFile(file).close();
        } catch (FileAlreadyExistsException e) {
            LOG.debug("Another server has created it just now", e);
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
            if (inside.anyMatch(path ->
                    !Set.of(LOCK, FILES, TOKEN).contains(path.getFileName().toString()))) {
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
        private final FileChannel content;
        private boolean given;

        private Lease(JobFolder folder, String name, FileChannel content) {
            this.folder = folder;
            this.name = name;
            this.content = content;
        }

        FileChannel content() {
            return content;
        }

        @Override
        public void close() {
            synchronized (this) {
                if (given) {
                    return;
                }
                given = true;
            }
            try {
                content.close();
            } catch (IOException e) {
                LOG.debug("The file could not be closed", e);
            }
            folder.giveBack(name);
        }
    }
}
