package io.github.tandemfetch.store;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Makes a database file with mode 0600. The engine gives a new file the permissions of the umask and refuses an empty
 * one, so it makes the file in a private folder, and the file gets its name when its permissions are right.
 */
final class NewDatabase {
    private final Path file;
    private final HiddenFolders folders = new HiddenFolders();

    NewDatabase(Path file) {
        this.file = file;
    }

    /**
     * Makes the file where there is none. One that another process makes at the same time is left as it is.
     *
     * @param engine makes an empty database
     * @throws DatabaseException where it cannot be made
     */
    void makeWith(Consumer<Path> engine) {
        try {
            // A symbolic link whose file is not there yet stays one.
            Path place = DatabaseFiles.real(file);
            PrivateFile.createFolder(place.getParent());
            try (HiddenFolder hidden = folders.makeIn(place.getParent())) {
                Path made = hidden.path().resolve("new.db");
                engine.accept(made);
                PrivateFile.close(made);
                publish(made, place);
            }
        } catch (IOException e) {
            throw notMade(e);
        }
    }

    // A plain rename replaces a file that has appeared meanwhile; a second name for the same file does not.
    private static void publish(Path made, Path place) throws IOException {
        try {
            Files.createLink(place, made);
        } catch (FileAlreadyExistsException e) {
            return;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without links, such as that of a memory stick.
            moveUnlessThere(made, place);
        }
    }

    private static void moveUnlessThere(Path made, Path place) throws IOException {
        try {
            Files.move(made, place);
        } catch (FileAlreadyExistsException e) {
            return;
        }
    }

    private DatabaseException notMade(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("no space left")) {
            return new DatabaseException(
                    DatabaseException.DISK_FULL,
                    "The disk is full: the database " + file + " cannot be created.",
                    "Make room, or choose another place with --db.",
                    e);
        }
        return new DatabaseException(
                "DATABASE_NOT_WRITABLE",
                "The database " + file + " cannot be created: " + reason + ".",
                "Check the permissions of the folder, or choose another place with --db.",
                e);
    }
}
