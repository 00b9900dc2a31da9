package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.HiddenFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/** A database file in a temporary folder that is deleted with everything in it. */
final class EphemeralFile {
    private static final Logger LOG = Logger.getLogger(EphemeralFile.class);

    private final Path folder;
    private final Thread onShutdown = new Thread(this::deleteFolder, "tandem-ephemeral-cleanup");

    private EphemeralFile(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(onShutdown);
    }

    static EphemeralFile create() {
        try {
            return new EphemeralFile(Files.createTempDirectory("tandem-"));
        } catch (IOException e) {
            throw new DatabaseException(
                    "FOLDER_NOT_WRITABLE",
                    "The temporary folder cannot hold a database.",
                    "Check the temporary folder, or set another with -Djava.io.tmpdir.",
                    e);
        }
    }

    Path path() {
        return folder.resolve("ephemeral.db");
    }

    void delete() {
        deleteFolder();
        try {
            Runtime.getRuntime().removeShutdownHook(onShutdown);
        } catch (IllegalStateException e) {
            LOG.debug("the process is ending, and the hook deletes as well", e);
        }
    }

    private void deleteFolder() {
        try {
            HiddenFolder.removeTree(folder);
        } catch (IOException e) {
            LOG.debugf(e, "%s could not be deleted", folder);
        }
    }
}
