package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseException;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Exports tables to files. A file is written beside its final name, checked, made safe on the disk and only then
 * renamed: whatever happens, a file of a final name is whole.
 */
@ApplicationScoped
public class ExportService {
    private final DatabaseOpener opener;

    /**
     * Creates the service.
     *
     * @param opener opens database files
     */
    public ExportService(DatabaseOpener opener) {
        this.opener = opener;
    }

    /**
     * Exports tables, one after the other; the failure of one leaves the others exported. Holds the database, for
     * reading only, as long as it runs.
     *
     * @param database the database file
     * @param config what to export, and where to
     * @param listener follows the export
     * @return how it went, table by table
     * @throws ExportException before anything is written: with exit code 2 where a table is not in the database yet,
     *     with 3 where the folder cannot be made or written to
     * @throws DatabaseException where the database is not there (exit code 2), is held by another process, or cannot be
     *     read
     */
    public ExportSummary export(Path database, ExportConfig config, ExportListener listener) {
        long begun = System.nanoTime();
        List<ExportResult> results = new ArrayList<>();
        try (UnfinishedFiles unfinished = new UnfinishedFiles();
                Database opened = opener.openForReading(database)) {
            new TableSelection(config.tables()).requireIn(new TableCatalog(opened), database);
            prepare(config.folder());
            moveSpill(opened, unfinished.newIn(config.folder()));
            TableExporter exporter = new TableExporter(opened, config, listener, unfinished);
            for (PumpTable table : config.tables()) {
                results.add(exporter.export(table));
            }
        }
        return new ExportSummary(Instant.now(), config, results, (System.nanoTime() - begun) / 1e9);
    }

    /**
     * The files that an export would have to replace, for asking before it starts.
     *
     * @param config what to export, and where to
     * @return the final names that exist already; empty where none does
     */
    public List<Path> existingFiles(ExportConfig config) {
        return config.tables().stream()
                .map(config::fileOf)
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    private static void prepare(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw ExportException.folderNotMade(folder, e);
        }
        if (!Files.isWritable(folder)) {
            throw ExportException.folderNotWritable(folder);
        }
    }

    // What does not fit into memory goes to the folder of the export, under a name of its own. The engine's default is
    // beside the database, under one name for every process that reads it, and perhaps where nobody may write.
    private static void moveSpill(Database database, Path folder) {
        database.execute("SET temp_directory = " + ExportQuery.literal(folder.toString()));
    }
}
