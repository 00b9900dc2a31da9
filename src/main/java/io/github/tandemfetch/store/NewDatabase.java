package io.github.tandemfetch.store;

import io.github.tandemfetch.config.DurableFile;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Creates a database file with mode 0600. The engine applies the umask to a new file and refuses an empty one, so the file
 * is created in a private folder and moved to its name once its permissions are set.
 */
final class NewDatabase {
    private final Path file;
    private final HiddenFolders folders = new HiddenFolders();

    NewDatabase(Path file) {
        this.file = file;
    }

    /**
     * Creates the file, unless another process has just created it.
     *
     * @param engine creates an empty database
     * @throws DatabaseException where it cannot be created
     */
    void create(Consumer<Path> engine) {
        try {
            // A symbolic link whose file is not there yet stays one.
            Path place = DatabaseFiles.real(file);
            PrivateFile.createFolder(place.getParent());
            try (HiddenFolder hidden = folders.createIn(place.getParent())) {
                Path made = hidden.path().resolve("new.db");
                engine.accept(made);
                PrivateFile.close(made);
                publish(made, place);
            }
        } catch (IOException e) {
            throw notMade(e);
        }
    }

    private static void publish(Path made, Path place) throws IOException {
        try {
            DurableFile.moveNew(made, place);
        } catch (FileAlreadyExistsException e) {
            // Another process has just created it.
            return;
        }
    }

    private DatabaseException notMade(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (EngineFailures.isDiskFull(e)) {
            return new DatabaseException(
                    DatabaseException.DISK_FULL,
                    "The disk is full: the database " + file + " cannot be created.",
                    "Free disk space, or choose another file with --db.",
                    e);
        }
        return new DatabaseException(
                "DATABASE_NOT_WRITABLE",
                "The database " + file + " cannot be created: " + reason + ".",
                "Check the permissions of the folder, or choose another file with --db.",
                e);
    }
}
