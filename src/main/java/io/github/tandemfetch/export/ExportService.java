package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.export.ExportPlan.PlannedFile;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.history.StoredPumps;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Exports tables to files. A file is written beside its final name, checked, made safe on the disk and only then
 * renamed: whatever happens, a file of a final name is whole.
 */
@Singleton
public class ExportService {
    // What the engine needs to tell how far a statement is, without telling it on standard output itself.
    private static final String FOLLOWED = "SET enable_progress_bar = true; SET enable_progress_bar_print = false";

    private static final long MILLIS_TO_END = 2000;

    private final DatabaseOpener opener;
    private final WorkFolders workFolders = new WorkFolders();
    private final SharedEngines engines = new SharedEngines(workFolders);

    /**
     * Creates the service.
     *
     * @param opener opens database files
     */
    public ExportService(DatabaseOpener opener) {
        this.opener = opener;
    }

    /**
     * From now on, all exports of a file together take no more of the engine's memory than a single one that sorts by way
     * of the disk: a server runs several, and lives on.
     */
    public void shareMemory() {
        engines.bound(EngineShare.SPARING);
    }

    /**
     * Exports tables, one after the other; the failure of one leaves the others exported. Holds the database, for
     * reading only, as long as it runs.
     *
     * @param database the database file
     * @param config what to export, and where to
     * @param listener follows the export
     * @return how it went, table by table
     * @throws ExportException before anything is written: with exit code 1 where a column is not in a table, with 2
     *     where a table is not in the database yet, with 3 where the folder cannot be made or written to; with 130 where
     *     the process is told to end
     * @throws DatabaseException where the database is not there (exit code 2), is held by another process, or cannot be
     *     read
     */
    public ExportSummary export(Path database, ExportConfig config, ExportListener listener) {
        return export(() -> opener.openForReading(database), config, listener, new ExportStop());
    }

    /**
     * Exports tables as {@link #export(Path, ExportConfig, ExportListener)} does, until another thread ends it.
     *
     * @param database the database file
     * @param patience how long to wait for a process that writes to it
     * @param config what to export, and where to
     * @param listener follows the export
     * @param stop ends the export
     * @return how it went, table by table
     * @throws ExportException as the other does; with 130 also where it was stopped
     * @throws DatabaseException as the other does
     */
    public ExportSummary export(
            Path database, Duration patience, ExportConfig config, ExportListener listener, ExportStop stop) {
        return export(() -> opener.openForReading(database, patience), config, listener, stop);
    }

    private ExportSummary export(
            Supplier<Database> opening, ExportConfig config, ExportListener listener, ExportStop stop) {
        Publisher publisher = config.partitionBy() == null
                ? new FilePublisher(config.overwrite())
                : new FolderPublisher(config.overwrite());
        return run(opening, config, listener, stop, config.folder(), publisher);
    }

    /**
     * Exports one table as a stream of bytes. The stream gets nothing before all of it is written and checked, in a file
     * that is then removed.
     *
     * @param database the database file
     * @param config what to export
     * @param stream takes the bytes; not closed
     * @param workFolder where the file lies meanwhile
     * @param listener follows the export
     * @return how it went
     * @throws ExportException as {@link #export} does, and with {@link ExportException#STREAM_CLOSED} where the stream
     *     takes no more
     * @throws DatabaseException as {@link #export} does
     */
    public ExportSummary stream(
            Path database, ExportConfig config, OutputStream stream, Path workFolder, ExportListener listener) {
        return run(
                () -> opener.openForReading(database),
                config,
                listener,
                new ExportStop(),
                workFolder,
                new StreamPublisher(stream));
    }

    /**
     * Finds out what an export would do, and touches nothing.
     *
     * @param database the database file
     * @param config what to export, and where to
     * @return what would be written
     * @throws ExportException as {@link #export} does
     * @throws DatabaseException as {@link #export} does
     */
    public ExportPlan plan(Path database, ExportConfig config) {
        try (Database opened = opener.openForReading(database)) {
            check(opened, config);
            requireWritable(config);
            TableCatalog catalog = new TableCatalog(opened);
            List<PlannedFile> files = new ArrayList<>();
            for (TimedTable table : config.tables()) {
                TableSummary summary = catalog.summary(table).orElseThrow();
                SelectedRows rows = new SelectedRows(
                        table,
                        summary.columns(),
                        TimeWindow.of(config.dateRange()),
                        config.pumpSerial(),
                        config.rowLimit());
                Path file = config.fileOf(table);
                files.add(new PlannedFile(
                        DataTable.of(summary),
                        CopyRunner.count(opened, rows),
                        file,
                        !config.isToStandardOutput() && Files.exists(file, LinkOption.NOFOLLOW_LINKS)));
            }
            return new ExportPlan(config, files);
        }
    }

    /**
     * Refuses columns that no table has, before a long fetch is begun for them. A database, or a table, that is not
     * there yet is no reason to refuse.
     *
     * @param database the database file
     * @param config what to export
     * @throws ExportArgumentException where a table that is there has no column of a name
     * @throws DatabaseException where the database is held by another process, or cannot be read
     */
    public void checkColumns(Path database, ExportConfig config) {
        if (config.columns().names().isEmpty() || !Files.exists(database)) {
            return;
        }
        try (Database opened = opener.openForReading(database)) {
            TableCatalog catalog = new TableCatalog(opened);
            config.tables().stream().filter(catalog::exists).forEach(table -> config.columns()
                    .of(table, catalog.columns(table)));
        }
    }

    /**
     * The files that an export would have to replace, for asking before it starts.
     *
     * @param config what to export, and where to
     * @return the final names that exist already; empty where none does
     */
    public List<Path> existingFiles(ExportConfig config) {
        return config.isToStandardOutput()
                ? List.of()
                : config.tables().stream()
                        .map(config::fileOf)
                        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                        .toList();
    }

    private ExportSummary run(
            Supplier<Database> opening,
            ExportConfig config,
            ExportListener listener,
            ExportStop stop,
            Path folder,
            Publisher publisher) {
        long begun = System.nanoTime();
        List<ExportResult> results = new ArrayList<>();
        try {
            exportInto(results, opening, config, listener, stop, folder, publisher);
        } catch (ExportException e) {
            if (e.exitStatus() == ExitStatus.INTERRUPTED && !stop.isRequested()) {
                awaitEndOfProcess();
            }
            throw e;
        }
        return new ExportSummary(Instant.now(), config, results, (System.nanoTime() - begun) / 1e9);
    }

    private void exportInto(
            List<ExportResult> results,
            Supplier<Database> opening,
            ExportConfig config,
            ExportListener listener,
            ExportStop stop,
            Path folder,
            Publisher publisher) {
        try (Database opened = opening.get()) {
            check(opened, config);
            opened.execute(FOLLOWED);
            SharedEngines.Use engine = engines.use(opened, folder);
            try (WorkFolder work = workFolders.createIn(folder)) {
                stop.onRequest(work::stop);
                TableExporter exporter =
                        new TableExporter(opened, config, listener, work, publisher, new SortingMemory(engine));
                for (TimedTable table : config.tables()) {
                    results.add(exporter.export(table));
                }
            } finally {
                engine.end();
            }
        }
    }

    // The process is ending, and all that would tell the person so may be gone already: what is thrown now would be
    // shown as a stack trace.
    private static void awaitEndOfProcess() {
        try {
            Thread.sleep(MILLIS_TO_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void check(Database opened, ExportConfig config) {
        TableCatalog catalog = new TableCatalog(opened);
        new TableSelection(config.tables()).requireIn(catalog, opened.file());
        if (config.pumpSerial() != null) {
            new StoredPumps(opened).require(config.pumpSerial());
        }
        config.tables().forEach(table -> config.columns().of(table, catalog.columns(table)));
    }

    private static void requireWritable(ExportConfig config) {
        if (config.isToStandardOutput()) {
            return;
        }
        Path nearest = config.folder();
        while (nearest.getParent() != null && !Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        if (!Files.isDirectory(nearest) || !Files.isWritable(nearest)) {
            throw ExportException.folderNotWritable(config.folder(), null);
        }
    }
}
