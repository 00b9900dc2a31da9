package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.DatabaseOpener;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens storage engines on a file, in memory, or on a temporary file. */
@Singleton
public class StorageEngineOpener {
    private final DatabaseOpener databases;

    public StorageEngineOpener(DatabaseOpener databases) {
        this.databases = databases;
    }

    /** Opens a file, creating it where it is missing. */
    public StorageEngine open(Path file) {
        return new StorageEngine(databases.openForWriting(file), false, file, () -> {});
    }

    /** Opens an existing file. */
    public StorageEngine openExisting(Path file) {
        return new StorageEngine(databases.openExistingForWriting(file), false, file, () -> {});
    }

    /** Opens an existing file read-only; several readers may do so at the same time. */
    public StorageEngine openForReading(Path file) {
        return new StorageEngine(databases.openForReading(file), true, file, () -> {});
    }

    /** Creates a database in memory, without the pump data tables. Closing discards it. */
    public StorageEngine inMemory() {
        return new StorageEngine(databases.openInMemory(), false, null, () -> {});
    }

    /**
     * Creates a database in the temporary folder, for more rows than fit into memory. Closing deletes it, and so does
     * the end of the process.
     */
    public StorageEngine ephemeral() {
        EphemeralFile file = EphemeralFile.create();
        try {
            return new StorageEngine(databases.openForWriting(file.path()), false, file.path(), file::delete);
        } catch (RuntimeException e) {
            file.delete();
            throw e;
        }
    }
}
