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
 * Checks whether code may be loaded from a file: only the user or the administrator may have put it there. On file
 * systems without owners and permissions every file is accepted.
 */
final class FileOwnership {
    private static final Set<PosixFilePermission> WRITING_OF_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /** Whether this process' user owns the file, or the link itself. */
    boolean isOurs(Path file) throws IOException {
        return !hasPermissions(file) || owner(file).equals(self(file));
    }

    /** Whether the owner is this process' user or that of the root folder. */
    boolean isOursOrTheSystems(Path file) throws IOException {
        return isOurs(file) || owner(file).equals(owner(file.toAbsolutePath().getRoot()));
    }

    /** Whether anyone but the owner may write to the file. */
    boolean isWritableByOthers(Path file) throws IOException {
        return hasPermissions(file)
                && Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS).stream()
                        .anyMatch(WRITING_OF_OTHERS::contains);
    }

    /**
     * Resolves symbolic links and refuses a path of which another user could exchange a part. This also keeps root,
     * running with a user's environment, from creating folders that the user cannot use.
     *
     * @param folder may be missing
     * @throws FileSystemException where another user owns a folder of the path
     */
    Path trustedPath(Path folder) throws IOException {
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

    // On Linux the owner is the effective user. The name need not be known to the system, as in a container.
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
