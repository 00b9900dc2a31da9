package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.OutputClosedException;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Exports one table after the other from an open database. A table's failure is its result, not an exception. */
final class TableExporter {
    private final Database database;
    private final ExportConfig config;
    private final ExportListener listener;
    private final WorkFolder work;
    private final Publisher publisher;
    private final FileLayout layout;
    private final CopyRunner runner;

    TableExporter(
            Database database,
            ExportConfig config,
            ExportListener listener,
            WorkFolder work,
            Publisher publisher,
            SortingMemory memory) {
        this.database = database;
        this.config = config;
        this.listener = listener;
        this.work = work;
        this.publisher = publisher;
        this.layout = config.format().layout(config.compression());
        this.runner = new CopyRunner(database, work, layout, memory);
    }

    ExportResult export(TimedTable table) {
        long begun = System.nanoTime();
        List<Column> columns = config.columns().of(table, new TableCatalog(database).columns(table));
        SelectedRows rows = new SelectedRows(
                table, columns, TimeWindow.of(config.dateRange()), config.pumpSerial(), config.rowLimit());
        ExportOperation operation = ExportOperation.of(config, table, rows, layout);
        ExportResult result;
        try {
            publisher.check(operation.outputPath());
            result = write(operation, rows, begun);
        } catch (OutputClosedException e) {
            throw e;
        } catch (TandemException e) {
            if (e.exitStatus() == ExitStatus.INTERRUPTED || work.isAbandoned()) {
                throw ExportException.interrupted(e);
            }
            if (e.code().equals(ExportException.STREAM_CLOSED)) {
                throw e;
            }
            listener.failed(operation, e);
            result = ExportResult.failed(operation, e.getMessage() + " " + e.remedy(), secondsSince(begun));
        }
        listener.finished(result);
        return result;
    }

    private ExportResult write(ExportOperation operation, SelectedRows rows, long begun) {
        Path place = work.newFile();
        try {
            TableWriter.Written written = countAndWrite(operation, rows, place);
            publisher.publish(place, operation.outputPath());
            return ExportResult.written(operation, written.rows(), written.bytes(), secondsSince(begun));
        } catch (DatabaseException e) {
            throw describe(e, operation, place);
        } finally {
            work.remove(place);
        }
    }

    // No transaction: while the file is open for reading only, nobody can write to it, and one would not outlive a try
    // that ran short of memory.
    private TableWriter.Written countAndWrite(ExportOperation operation, SelectedRows rows, Path place) {
        long expected = runner.count(rows);
        listener.started(operation, expected);
        TableWriter.Written written = write(operation, rows, place, expected);
        if (written.rows() != expected) {
            throw ExportException.rowsDiffer(operation.table().tableName(), expected, written.rows());
        }
        return written;
    }

    private TableWriter.Written write(ExportOperation operation, SelectedRows rows, Path place, long expected) {
        try {
            return writer(operation.table(), rows)
                    .write(place, rows, expected, done -> listener.progressed(operation, done, expected));
        } catch (IOException e) {
            throw ExportException.fileNotWritten(operation.outputPath(), e);
        }
    }

    private TableWriter writer(TimedTable table, SelectedRows rows) {
        return config.partitionBy() == null
                ? new SingleFileWriter(runner)
                : new PartitionedWriter(runner, table, rows.columns(), config);
    }

    private static TandemException describe(DatabaseException e, ExportOperation operation, Path place) {
        if (e.code().equals(DatabaseException.DISK_FULL)) {
            return ExportException.diskFull(operation.outputPath(), e);
        }
        boolean ofTheFile = e.getCause() != null
                && String.valueOf(e.getCause().getMessage())
                        .contains(place.getParent().getFileName().toString());
        return ofTheFile ? ExportException.fileNotWritten(operation.outputPath(), e.getCause()) : e;
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }
}
