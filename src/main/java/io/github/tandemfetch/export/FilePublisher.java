package io.github.tandemfetch.export;

import io.github.tandemfetch.config.PrivateFile;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Gives a complete file its final name, in one step, and only when its content is safe on the disk. */
final class FilePublisher implements Publisher {
    private final boolean overwrite;

    /**
     * Creates a publisher.
     *
     * @param overwrite whether a file of that name is replaced
     */
    FilePublisher(boolean overwrite) {
        this.overwrite = overwrite;
    }

    @Override
    public void check(Path target) {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        // A device or a folder must never be replaced; a link to a file may be, as any file.
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw ExportException.notAFile(target);
        }
        if (!overwrite) {
            throw ExportException.fileExists(target);
        }
    }

    @Override
    public void publish(Path complete, Path target) {
        try {
            long bytes = Files.size(complete);
            PrivateFile.close(complete);
            syncFile(complete);
            check(target);
            rename(complete, target);
            syncFolder(target.toAbsolutePath().getParent());
            if (Files.size(target) != bytes) {
                throw ExportException.fileChanged(target);
            }
        } catch (FileAlreadyExistsException e) {
            throw ExportException.fileExists(target);
        } catch (NoSuchFileException e) {
            throw ExportException.fileVanished(target, e);
        } catch (IOException e) {
            throw ExportException.fileNotWritten(target, e);
        }
    }

    private void rename(Path complete, Path target) throws IOException {
        if (overwrite) {
            Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        // A plain rename replaces a file that has appeared meanwhile; a second name for the same file does not.
        try {
            Files.createLink(target, complete);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links, such as that of a memory stick.
            Files.move(complete, target);
            return;
        }
        Files.delete(complete);
    }

    static void syncFolder(Path folder) throws IOException {
        // Windows cannot open a folder, and needs no such step.
        if (File.separatorChar == '/') {
            sync(folder, StandardOpenOption.READ);
        }
    }

    static void syncFile(Path file) throws IOException {
        sync(file, StandardOpenOption.WRITE);
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }
}
