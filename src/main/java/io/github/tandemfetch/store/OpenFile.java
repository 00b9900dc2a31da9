package io.github.tandemfetch.store;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jboss.logging.Logger;

/**
 * The file shared by all sessions of a database. While it is open for writing, its journal gets the permissions of the
 * file, whatever the umask, and a moved or replaced file is detected: the engine would keep writing to it.
 */
final class OpenFile {
    private static final Logger LOG = Logger.getLogger(OpenFile.class);

    private final Path path;
    private final Optional<FileIdentity> identity;
    private final Optional<Path> journal;
    private final Optional<SpillFolder> spill;

    // Many sessions may write, but none during a checkpoint, which the engine refuses during a write.
    private final ReadWriteLock writing = new ReentrantReadWriteLock();
    private int sessions = 1;

    private OpenFile(Path path, Optional<FileIdentity> identity, Optional<Path> journal, Optional<SpillFolder> spill) {
        this.path = path;
        this.identity = identity;
        this.journal = journal;
        this.spill = spill;
    }

    /** A file open for writing. Call it once the engine has the file open. */
    static OpenFile forWriting(Path path, SpillFolder spill) throws IOException {
        Path journal = DatabaseFiles.journal(path);
        return new OpenFile(path, Optional.of(FileIdentity.of(path)), Optional.of(journal), Optional.of(spill));
    }

    /** A file open read-only. */
    static OpenFile forReading(Path path, SpillFolder spill) {
        return new OpenFile(path, Optional.empty(), Optional.empty(), Optional.of(spill));
    }

    /** A database without a file. */
    static OpenFile inMemory(Path name) {
        return new OpenFile(name, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Path path() {
        return path;
    }

    ReadWriteLock writing() {
        return writing;
    }

    synchronized void sessionOpened() {
        sessions++;
    }

    /** Whether no session is left. */
    synchronized boolean sessionCloses() {
        sessions--;
        if (sessions == 0) {
            journal.ifPresent(OpenFile::removeUnused);
        }
        return sessions == 0;
    }

    /** Call it when the engine has closed the file. */
    void closed() {
        spill.ifPresent(SpillFolder::removeEmpty);
        requireInPlace();
    }

    /** @throws DatabaseException where the path leads to another file than the open one, or to none */
    void requireInPlace() {
        identity.ifPresent(FileIdentity::requireInPlace);
    }

    /**
     * Gives the journal the permissions of the database file. A missing one is created empty, since the engine would apply
     * the umask; it keeps writing to an existing one.
     */
    void protectJournal() {
        if (journal.isEmpty()
                || !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        Path file = journal.get();
        try {
            Set<PosixFilePermission> wanted = Files.getPosixFilePermissions(path);
            try {
                PrivateFile.createFile(file).close();
            } catch (FileAlreadyExistsException e) {
                LOG.trace("the engine has one");
            }
            if (!Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).equals(wanted)) {
                Files.setPosixFilePermissions(file, wanted);
            }
        } catch (IOException e) {
            // The folder may not be writable, or the engine has just removed the journal.
            LOG.debugf(e, "the permissions of %s stay", file);
        }
    }

    // Called with the file locked, so that it cannot be another process' journal.
    private static void removeUnused(Path journal) {
        try {
            if (Files.size(journal) == 0) {
                Files.delete(journal);
            }
        } catch (IOException e) {
            LOG.tracef("no unused journal %s", journal);
        }
    }
}
