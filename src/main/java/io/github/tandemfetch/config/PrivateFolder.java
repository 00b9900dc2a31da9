package io.github.tandemfetch.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;

/** A folder for files that concern nobody but the user, where others may own what lies around it. */
final class PrivateFolder {
    private static final Set<PosixFilePermission> OF_OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path folder;

    PrivateFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether files can be created in it; it is created where it is missing. */
    boolean isWritable() {
        try {
            PrivateFile.createFolder(folder);
            Path probe = createdFile();
            Files.delete(probe);
            return true;
        } catch (IOException | UnsupportedOperationException unusable) {
            return false;
        }
    }

    /** Whether it is there, no link, and owned and accessible by this process's user alone. */
    boolean isOwn() {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return true;
            }
            if (!OF_OWNER.containsAll(Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS))) {
                return false;
            }
            // Java does not say who runs it, but the owner of a new file does.
            Path probe = createdFile();
            try {
                return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS));
            } finally {
                Files.delete(probe);
            }
        } catch (IOException | UnsupportedOperationException unusable) {
            return false;
        }
    }

    private Path createdFile() throws IOException {
        Path probe = folder.resolve(".probe." + UUID.randomUUID());
        PrivateFile.createFile(probe).close();
        return probe;
    }
}
