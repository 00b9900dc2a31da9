package io.github.tandemfetch.load;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.load.engine.EventRecord;
import io.github.tandemfetch.load.engine.InvalidRecordException;
import io.github.tandemfetch.load.engine.LoadProgress;
import io.github.tandemfetch.load.engine.ProfileRecord;
import io.github.tandemfetch.load.engine.RecordValidator;
import io.github.tandemfetch.load.engine.StorageEngine;
import io.github.tandemfetch.load.engine.StorageEngineOpener;
import io.github.tandemfetch.load.engine.TableInfo;
import io.github.tandemfetch.load.engine.TableMetadata;
import io.github.tandemfetch.load.engine.TableType;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;

/** Loads events and profiles from JSON Lines, JSON or CSV into a table of the database, and drops such tables. */
@Singleton
public class LoadService {
    private final StorageEngineOpener engines;
    private final Clock clock;

    LoadService(StorageEngineOpener engines, Clock clock) {
        this.engines = engines;
        this.clock = clock;
    }

    /**
     * Loads a file: all of it or nothing.
     *
     * @param standardInput read where the request names no file
     * @throws DatabaseException where the file cannot be read to its end
     * @throws InvalidRecordException where a record is invalid, with its line number
     */
    public LoadReport load(Path database, LoadRequest request, InputStream standardInput, LoadListener listener) {
        String source =
                request.source() == null ? "Standard input" : request.source().toString();
        try (CountingInputStream in = request.source() == null
                        ? CountingInputStream.of(standardInput)
                        : CountingInputStream.of(request.source());
                RecordReader reader = InputFormatDetector.open(in)) {
            LoadProgress progress = rows -> listener.progressed(rows, in.bytesRead(), in.size());
            RecordValidator check = new RecordValidator();
            return request.type() == TableType.EVENTS
                    ? events(
                            database,
                            request,
                            new RecordIterator<>(
                                    reader, new EventRecordParser(), check::check, request.onError(), source),
                            progress)
                    : profiles(
                            database,
                            request,
                            new RecordIterator<>(
                                    reader, new ProfileRecordParser(), check::check, request.onError(), source),
                            progress);
        } catch (NoSuchFileException e) {
            throw RecordIterator.sourceNotReadable(source, "no such file", e);
        } catch (IOException e) {
            throw RecordIterator.sourceNotReadable(source, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The summary of a loaded table.
     *
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded
     */
    public TableInfo find(Path database, String table) {
        try (StorageEngine engine = engines.openForReading(database)) {
            return engine.tableInfo(table);
        }
    }

    /**
     * Drops a loaded table.
     *
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded
     */
    public void drop(Path database, String table) {
        try (StorageEngine engine = engines.openExisting(database)) {
            engine.dropTable(table);
        }
    }

    private LoadReport events(
            Path database, LoadRequest request, RecordIterator<EventRecord> records, LoadProgress progress) {
        TableMetadata metadata = TableMetadata.of(TableType.EVENTS, clock.instant());
        return report(database, request, records, engine -> switch (request.mode()) {
            case CREATE -> engine.createEventsTable(request.table(), records, metadata, progress, request.batchSize());
            case APPEND -> engine.appendEvents(request.table(), records, metadata, progress, request.batchSize());
            case REPLACE -> engine.replaceEvents(request.table(), records, metadata, progress, request.batchSize());
        });
    }

    private LoadReport profiles(
            Path database, LoadRequest request, RecordIterator<ProfileRecord> records, LoadProgress progress) {
        TableMetadata metadata = TableMetadata.of(TableType.PROFILES, clock.instant());
        return report(database, request, records, engine -> switch (request.mode()) {
            case CREATE ->
                engine.createProfilesTable(request.table(), records, metadata, progress, request.batchSize());
            case APPEND -> engine.appendProfiles(request.table(), records, metadata, progress, request.batchSize());
            case REPLACE -> engine.replaceProfiles(request.table(), records, metadata, progress, request.batchSize());
        });
    }

    private interface Load {
        long into(StorageEngine engine);
    }

    private LoadReport report(Path database, LoadRequest request, RecordIterator<?> records, Load load) {
        try (StorageEngine engine = engines.open(database)) {
            long inserted = load.into(engine);
            TableInfo table = engine.tableInfo(request.table());
            return new LoadReport(
                    table.name(),
                    request.type().text(),
                    records.read(),
                    inserted,
                    table.rowCount(),
                    records.skipped(),
                    records.firstSkipped());
        } catch (InvalidRecordException e) {
            throw e.onLine(records.line());
        }
    }
}
