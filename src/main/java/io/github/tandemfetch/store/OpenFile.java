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
 * The file that all sessions of a database share. While it is written to, its journal gets the permissions of the file,
 * whatever the umask, and a file that is moved or replaced is noticed: the engine would go on writing to what no path
 * leads to.
 */
final class OpenFile {
    private static final Logger LOG = Logger.getLogger(OpenFile.class);

    private final Path path;
    private final Optional<FileIdentity> identity;
    private final Optional<Path> journal;
    private final Optional<SpillFolder> spill;

    // Many sessions may write, and none while the engine makes a checkpoint, which it refuses to make beside a writer.
    private final ReadWriteLock writing = new ReentrantReadWriteLock();
    private int sessions = 1;

    private OpenFile(Path path, Optional<FileIdentity> identity, Optional<Path> journal, Optional<SpillFolder> spill) {
        this.path = path;
        this.identity = identity;
        this.journal = journal;
        this.spill = spill;
    }

    /** A file that is written to; to be called once the engine holds it. */
    static OpenFile forWriting(Path path, SpillFolder spill) throws IOException {
        Path journal = DatabaseFiles.journal(path);
        return new OpenFile(path, Optional.of(FileIdentity.of(path)), Optional.of(journal), Optional.of(spill));
    }

    /** A file that is only read. */
    static OpenFile forReading(Path path, SpillFolder spill) {
        return new OpenFile(path, Optional.empty(), Optional.empty(), Optional.of(spill));
    }

    /** A database that has no file. */
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

    /** To be called when the engine has closed the file. */
    void closed() {
        spill.ifPresent(SpillFolder::removeEmpty);
        requireInPlace();
    }

    /** @throws DatabaseException where the path leads to another file than the open one, or to none */
    void requireInPlace() {
        identity.ifPresent(FileIdentity::requireInPlace);
    }

    /**
     * Gives the journal the permissions of the database file. An empty one is made where there is none, since the engine
     * would make it with those of the umask; it goes on writing to one that is there.
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
            // The folder may be closed to new files; or the engine has just removed the journal.
            LOG.debugf(e, "the permissions of %s stay", file);
        }
    }

    // While the file is held, so that it cannot be another process' journal.
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
