package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.DatabaseOpener;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Opens storage engines: on a file, in memory, or on a file that is gone afterwards. */
@Singleton
public class StorageEngineOpener {
    private final DatabaseOpener databases;

    /**
     * Opens engines on the databases of an opener.
     *
     * @param databases opens the databases
     */
    public StorageEngineOpener(DatabaseOpener databases) {
        this.databases = databases;
    }

    /**
     * Opens a file, which is made where it is not there yet.
     *
     * @param file the database file
     * @return the engine, to be closed
     */
    public StorageEngine open(Path file) {
        return new StorageEngine(databases.openForWriting(file), false, file, () -> {});
    }

    /**
     * Opens a file that must be there.
     *
     * @param file the database file
     * @return the engine, to be closed
     */
    public StorageEngine openExisting(Path file) {
        return new StorageEngine(databases.openExistingForWriting(file), false, file, () -> {});
    }

    /**
     * Opens a file that must be there for reading; other readers may do so at the same time.
     *
     * @param file the database file
     * @return the engine, to be closed
     */
    public StorageEngine openForReading(Path file) {
        return new StorageEngine(databases.openForReading(file), true, file, () -> {});
    }

    /**
     * Makes a database in memory that is gone when it is closed, and without tables of pump data.
     *
     * @return the engine, to be closed
     */
    public StorageEngine inMemory() {
        return new StorageEngine(databases.openInMemory(), false, null, () -> {});
    }

    /**
     * Makes a database on a file in the temporary folder, for more rows than fit into memory. It is gone when it is
     * closed, and when the process ends.
     *
     * @return the engine, to be closed
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
