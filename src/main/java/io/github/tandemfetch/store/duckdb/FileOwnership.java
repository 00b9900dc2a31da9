package io.github.tandemfetch.store.duckdb;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Tells whether code may be loaded from a file: not from one that somebody else than the person, or the administrator,
 * could have put there. Where a file system knows no such owners and permissions, every file will do.
 */
final class FileOwnership {
    private static final Set<PosixFilePermission> WRITING_OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** Whether this process' user owns the file itself, were it a link. */
    boolean isOurs(Path file) throws IOException {
        return !hasPermissions(file) || owner(file).equals(self(file));
    }

    /** Whether the owner is this process' user, or that of the system's own folders. */
    boolean isOursOrTheSystems(Path file) throws IOException {
        return isOurs(file) || owner(file).equals(owner(file.toAbsolutePath().getRoot()));
    }

    /** Whether anybody but the owner may write to it. */
    boolean isWritableByOthers(Path file) throws IOException {
        return hasPermissions(file)
                && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                        .anyMatch(WRITING_OF_OTHERS::contains);
    }

    /**
     * Refuses a place for a new folder of which somebody else could exchange a part. It is also what keeps a run as
     * administrator with a person's environment from leaving folders there that the person cannot use.
     *
     * @param folder where the folder is to be, or is
     * @return the same place, without symbolic links
     * @throws FileSystemException where a folder on the way there is somebody else's
     */
    Path ownWayTo(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        Path real = existing.toRealPath();
        for (Path part = real; part != null; part = part.getParent()) {
            if (!isOursOrTheSystems(part)) {
                throw new FileSystemException(part.toString(), null, "is owned by another user");
            }
        }
        return real.resolve(existing.relativize(folder.toAbsolutePath()));
    }

    private static UserPrincipal owner(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS);
    }

    // Linux tells the effective user here. The name need not be known to the system, as in a container.
    private static UserPrincipal self(Path file) throws IOException {
        Path process = Path.of("/proc/self");
        return Files.exists(process)
                ? Files.getOwner(process)
                : file.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
