package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseException;
import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Exports one table after the other from an open database. A table's failure is its result, not an exception. */
final class TableExporter {
    // With several threads the engine holds several stretches of rows at once. Where wide rows make that more than its
    // memory, one thread does, and in the end smaller row groups.
    private static final List<Effort> EFFORTS =
            List.of(new Effort(false, 100_000), new Effort(true, 100_000), new Effort(true, 30_000));

    private final Database database;
    private final ExportConfig config;
    private final ExportListener listener;
    private final UnfinishedFiles unfinished;
    private final FilePublisher publisher;

    TableExporter(Database database, ExportConfig config, ExportListener listener, UnfinishedFiles unfinished) {
        this.database = database;
        this.config = config;
        this.listener = listener;
        this.unfinished = unfinished;
        this.publisher = new FilePublisher(config.overwrite());
    }

    ExportResult export(PumpTable table) {
        long begun = System.nanoTime();
        ExportQuery query = ExportOperation.queryFor(config, table, new TableCatalog(database));
        ExportOperation operation = ExportOperation.of(config, table, query);
        ExportResult result;
        try {
            publisher.check(operation.outputPath());
            result = write(operation, query, begun);
        } catch (TandemException e) {
            if (e.exitStatus() == ExitStatus.INTERRUPTED) {
                throw e;
            }
            result = ExportResult.failed(operation, e.getMessage() + " " + e.remedy(), secondsSince(begun));
        }
        listener.finished(result);
        return result;
    }

    private ExportResult write(ExportOperation operation, ExportQuery query, long begun) {
        Path temporary = unfinished.newIn(config.folder());
        try {
            long rows = writeInBoundedMemory(operation, query, temporary);
            if (rows == 0 && operation.format() == ExportFormat.JSON) {
                // The engine's empty array holds a blank line.
                Files.writeString(temporary, "[]\n");
            }
            long bytes = Files.size(temporary);
            publisher.publish(temporary, operation.outputPath());
            return ExportResult.written(operation, rows, bytes, secondsSince(begun));
        } catch (IOException e) {
            throw ExportException.fileNotWritten(operation.outputPath(), e);
        } finally {
            unfinished.remove(temporary);
        }
    }

    private long writeInBoundedMemory(ExportOperation operation, ExportQuery query, Path temporary) {
        DatabaseException shortOfMemory = null;
        for (Effort effort : EFFORTS) {
            try {
                database.execute(effort.oneThread() ? "SET threads = 1" : "RESET threads");
                return countAndCopy(
                        operation, query, temporary, effort, shortOfMemory == null ? listener : ExportListener.NONE);
            } catch (DatabaseException e) {
                if (!e.code().equals(DatabaseException.OUT_OF_MEMORY)) {
                    throw describe(e, operation, temporary);
                }
                shortOfMemory = e;
            }
        }
        throw shortOfMemory;
    }

    // One transaction: the count and the copy see the same rows.
    private long countAndCopy(
            ExportOperation operation, ExportQuery query, Path temporary, Effort effort, ExportListener follower) {
        return database.transaction(connection -> {
            long expected = database.first(operation.countQuery(), row -> row.getLong(1))
                    .orElseThrow();
            follower.started(operation, expected);
            long written = copy(connection, query.copyTo(temporary, effort.rowGroupRows()));
            if (written != expected) {
                throw ExportException.rowsDiffer(operation.table().tableName(), expected, written);
            }
            return written;
        });
    }

    private static long copy(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    private static TandemException describe(DatabaseException e, ExportOperation operation, Path temporary) {
        if (e.code().equals(DatabaseException.DISK_FULL)) {
            return ExportException.diskFull(operation.outputPath(), e);
        }
        boolean ofTheFile = e.getCause() != null
                && String.valueOf(e.getCause().getMessage())
                        .contains(temporary.getFileName().toString());
        return ofTheFile ? ExportException.fileNotWritten(operation.outputPath(), e.getCause()) : e;
    }

    private static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private record Effort(boolean oneThread, int rowGroupRows) {}
}
