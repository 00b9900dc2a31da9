package io.github.tandemfetch.export;

import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the exports of one file share while they run at the same time. In one process the engine opens a file once: its
 * memory is everybody's, and so is the folder to which it moves what does not fit into memory, which cannot be changed
 * once it is in use.
 */
final class SharedEngines {
    private final WorkFolders folders;
    private final Map<Path, Shared> engines = new HashMap<>();
    private long most = Long.MAX_VALUE;

    SharedEngines(WorkFolders folders) {
        this.folders = folders;
    }

    /**
     * From now on all exports of one file share a bound, however many they are.
     *
     * @param megabytes how many megabytes they may take together
     */
    synchronized void bound(long megabytes) {
        most = megabytes;
    }

    /**
     * Begins to use an open file's engine.
     *
     * @param database the open file
     * @param parent where the folder for what does not fit into memory is made, if this is the only export
     * @return to be ended when the export is over, and before the file is closed
     */
    synchronized Use use(Database database, Path parent) {
        Path file = database.file().toAbsolutePath();
        Shared shared = engines.get(file);
        if (shared == null) {
            shared = new Shared(folders.createIn(parent), EngineMemory.ofMachine(database));
            engines.put(file, shared);
        }
        Use use = new Use(file, shared, database);
        shared.uses.add(use);
        try {
            if (shared.uses.size() == 1) {
                moveSpill(database, shared.folder.newFile());
            }
            use.take(EngineShare.SPARING);
        } catch (RuntimeException e) {
            use.end();
            throw e;
        }
        return use;
    }

    // The engine's default is beside the database, under one name for every process that reads it, and perhaps where
    // nobody may write.
    private static void moveSpill(Database database, Path folder) {
        try {
            database.execute("SET temp_directory = " + Literal.of(folder));
        } catch (DatabaseException e) {
            // Somebody else who reads the file keeps the engine, and the folder of an earlier export, in use.
            keepSpill(database, e);
        }
    }

    private static void keepSpill(Database database, DatabaseException refusal) {
        String current = database.first("SELECT current_setting('temp_directory')", row -> row.getString(1))
                .orElseThrow(() -> refusal);
        try {
            PrivateFile.createFolder(Path.of(current));
        } catch (IOException e) {
            throw refusal;
        }
    }

    /** The use of an engine by one export: its share of the memory. */
    final class Use implements EngineShare {
        private final Path file;
        private final Shared shared;
        private final Database database;
        private long megabytes;

        private Use(Path file, Shared shared, Database database) {
            this.file = file;
            this.shared = shared;
            this.database = database;
        }

        @Override
        public long megabytesToSpare() {
            synchronized (SharedEngines.this) {
                return Math.min(shared.memory.megabytesToSpare(), most) - shared.megabytes() + megabytes;
            }
        }

        @Override
        public void take(long wanted) {
            synchronized (SharedEngines.this) {
                megabytes = wanted;
                database.execute(EngineMemory.limit(Math.min(shared.megabytes(), most)));
            }
        }

        /** Ends the use, before the file is closed. */
        void end() {
            synchronized (SharedEngines.this) {
                shared.uses.remove(this);
                if (shared.uses.isEmpty()) {
                    engines.remove(file);
                    shared.folder.close();
                }
            }
        }
    }

    private static final class Shared {
        private final WorkFolder folder;
        private final EngineMemory memory;
        private final List<Use> uses = new ArrayList<>();

        private Shared(WorkFolder folder, EngineMemory memory) {
            this.folder = folder;
            this.memory = memory;
        }

        private long megabytes() {
            return uses.stream().mapToLong(use -> use.megabytes).sum();
        }
    }
}
