package io.github.tandemfetch.store.duckdb;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.FileStamp;
import io.github.tandemfetch.config.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * A private folder for the extracted library. The file is named by its hash, so that several versions of the program can
 * share the folder, and is renamed when complete: of concurrent processes, the last rename wins.
 *
 * <p>An existing file with an unchanged {@link FileStamp} is used without being read. Otherwise its bytes are compared,
 * and it is replaced where they differ.
 */
final class LibraryCache {
    private static final Logger LOG = Logger.getLogger(LibraryCache.class);
    private static final Duration LONGEST_EXTRACTION = Duration.ofHours(1);
    private static final Duration OTHER_VERSIONS_KEPT = Duration.ofDays(30);
    private static final String ASIDE = ".part";
    private static final String STAMP = ".stamp";

    private final Path folder;
    private final FileOwnership ownership = new FileOwnership();

    /** @param folder used for nothing else; may be missing */
    LibraryCache(Path folder) {
        this.folder = folder;
    }

    /** The library as a file that no other user can have changed; extracted where it is missing or damaged. */
    Path file(BundledLibrary library) throws IOException {
        Path own = ownership.trustedPath(folder);
        PrivateFile.createFolder(own);
        boolean wasOpen = close(own);
        Path file = fileIn(own, library);
        if (!isValid(file, library, wasOpen)) {
            extract(library, file);
            sweep(file);
        }
        return file;
    }

    /** The extracted library; empty where {@link #file} would have to extract or verify it. Changes nothing. */
    Optional<Path> extracted(BundledLibrary library) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Path own = ownership.trustedPath(folder);
        if (!ownership.isOurs(own) || ownership.isWritableByOthers(own)) {
            return Optional.empty();
        }
        Path file = fileIn(own, library);
        return isOwnFile(file) && FileStamp.of(file).text().equals(readStamp(file))
                ? Optional.of(file)
                : Optional.empty();
    }

    private static Path fileIn(Path own, BundledLibrary library) {
        return own.resolve("duckdb-" + library.sha256().substring(0, 16) + suffix());
    }

    /** Removes other users' permissions on the folder; returns whether they could have written to it. */
    private boolean close(Path own) throws IOException {
        if (!ownership.isOurs(own)) {
            throw new FileSystemException(own.toString(), null, "is owned by another user");
        }
        if (!ownership.isWritableByOthers(own)) {
            return false;
        }
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        return true;
    }

    private boolean isValid(Path file, BundledLibrary library, boolean mistrusted) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (isOwnFile(file)) {
            FileStamp stamp = FileStamp.of(file);
            if (!mistrusted && stamp.text().equals(readStamp(file))) {
                return true;
            }
            if (library.equalsFile(file)) {
                writeStamp(file, stamp);
                return true;
            }
        }
        LOG.warnf("%s has changed since it was extracted; extracting it again.", file);
        return false;
    }

    private boolean isOwnFile(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && ownership.isOurs(file)
                && !ownership.isWritableByOthers(file);
    }

    private static void extract(BundledLibrary library, Path file) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ASIDE);
        try {
            library.writeTo(aside);
            DurableFile.sync(aside);
            writeStamp(file, publish(aside, file, library));
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static FileStamp publish(Path aside, Path file, BundledLibrary library) throws IOException {
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException inUse) {
            // On Windows a file that another process has loaded stays where it is. The other was as quick, or this
            // one is damaged.
            if (!Files.isRegularFile(file) || !library.equalsFile(file)) {
                throw inUse;
            }
        }
        return FileStamp.of(file);
    }

    private static String readStamp(Path file) {
        try {
            return Files.readString(stampOf(file));
        } catch (IOException none) {
            return "";
        }
    }

    // Without a stamp the next start reads the file once more; that is no reason to fail.
    private static void writeStamp(Path file, FileStamp stamp) {
        try {
            PrivateFile.write(stampOf(file), stamp.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.debugf(e, "no stamp for %s", file);
        }
    }

    private static Path stampOf(Path file) {
        return file.resolveSibling(file.getFileName() + STAMP);
    }

    // Another version may be in use in turn with this one, so its library is not swept at once. A process that has
    // loaded a file which is swept keeps it.
    private static void sweep(Path current) {
        Instant now = Instant.now();
        FileTime unfinished = FileTime.from(now.minus(LONGEST_EXTRACTION));
        FileTime unused = FileTime.from(now.minus(OTHER_VERSIONS_KEPT));
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(current.getParent(), file -> !file.equals(current))) {
            for (Path file : files) {
                boolean aside = file.getFileName().toString().endsWith(ASIDE);
                FileTime changed = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
                if (changed.compareTo(aside ? unfinished : unused) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debugf(e, "%s was not swept", current.getParent());
        }
    }

    private static String suffix() {
        String name = System.mapLibraryName("");
        return name.substring(name.lastIndexOf('.'));
    }
}
