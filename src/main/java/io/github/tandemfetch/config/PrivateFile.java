package io.github.tandemfetch.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * Files that only their owner may read, replaced as a whole: written aside with mode 0600 from the first moment, synced,
 * renamed. Missing parent folders are made with mode 0700. On file systems without POSIX permissions the same happens
 * without the modes.
 */
public final class PrivateFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PrivateFile() {}

    /**
     * Replaces a file's content, or makes the file. A symbolic link stays one: what it points to is replaced.
     *
     * @param content its new content
     * @throws IOException where the file system refuses; the old content is then still there
     */
    public static void write(Path file, byte[] content) throws IOException {
        Path target = Files.isSymbolicLink(file) && Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path folder = target.getParent();
        createFolder(folder);
        Path aside = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try (SeekableByteChannel channel = createFile(aside)) {
                ByteBuffer remaining = ByteBuffer.wrap(content);
                while (remaining.hasRemaining()) {
                    channel.write(remaining);
                }
                if (channel instanceof FileChannel fileChannel) {
                    fileChannel.force(true);
                }
            }
            rename(aside, target);
        } finally {
            Files.deleteIfExists(aside);
        }
        syncFolder(folder);
    }

    /**
     * Makes a folder and its missing parents, mode 0700. Folders that are there keep their mode.
     *
     * @param folder the folder
     * @throws IOException where the file system refuses
     */
    public static void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolder(parent);
        }
        try {
            if (hasPermissions(folder)) {
                Files.createDirectory(folder, OWNER_ONLY_FOLDER);
            } else {
                Files.createDirectory(folder);
            }
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(folder)) {
                throw raced;
            }
        }
    }

    /**
     * Makes a file, mode 0600, where there is none.
     *
     * @param file the new file, in a folder that exists
     * @return the open file, to be written to and closed
     * @throws IOException where the file system refuses, or there is such a file
     */
    public static SeekableByteChannel createFile(Path file) throws IOException {
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return hasPermissions(file)
                ? Files.newByteChannel(file, options, OWNER_ONLY_FILE)
                : Files.newByteChannel(file, options);
    }

    /**
     * Whether anybody but the owner may read or change a file.
     *
     * @param file a file that exists
     * @return false too where the file system has no such permissions
     * @throws IOException where the permissions cannot be read
     */
    public static boolean isOpenToOthers(Path file) throws IOException {
        if (!hasPermissions(file)) {
            return false;
        }
        return Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains);
    }

    /**
     * Takes from everybody but the owner what they may do with a file or a folder; what the owner may do becomes the
     * mode 0600, or 0700 of a folder.
     *
     * @param path a file or a folder that exists
     * @throws IOException where the permissions cannot be changed
     */
    public static void close(Path path) throws IOException {
        if (hasPermissions(path)) {
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException | UnsupportedOperationException notThere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Makes the rename itself outlive a power cut, where a folder can be synced at all (not on Windows). */
    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException | UnsupportedOperationException notPossible) {
            return;
        }
    }
}
