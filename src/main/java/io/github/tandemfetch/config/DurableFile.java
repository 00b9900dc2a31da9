package io.github.tandemfetch.config;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Syncs files to the disk, and moves them without replacing another. */
public final class DurableFile {
    private DurableFile() {}

    public static void sync(Path file) throws IOException {
        sync(file, StandardOpenOption.WRITE);
    }

    /** Syncs the entries of a folder. Windows cannot open a folder, and needs no such step. */
    public static void syncFolder(Path folder) throws IOException {
        if (File.separatorChar == '/') {
            sync(folder, StandardOpenOption.READ);
        }
    }

    private static void sync(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    /**
     * Moves a file within a file system. A plain rename would replace a file that has appeared meanwhile; a link does not.
     *
     * @throws FileAlreadyExistsException where the target exists
     */
    public static void moveNew(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links, such as that of a memory stick.
            Files.move(file, target);
        }
        Files.deleteIfExists(file);
    }

    /** Gives a file a second name, so that it exists under its own until it is replaced; moves it where links are missing. */
    public static void keepAs(Path file, Path kept) throws IOException {
        try {
            Files.createLink(kept, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
