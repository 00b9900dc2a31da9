package io.github.tandemfetch.load;

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

    /**
     * Creates the service.
     *
     * @param engines opens the database
     * @param clock tells when the rows were loaded
     */
    LoadService(StorageEngineOpener engines, Clock clock) {
        this.engines = engines;
        this.clock = clock;
    }

    /**
     * Loads a file: all of it or nothing.
     *
     * @param database the database file
     * @param request what to load
     * @param standardInput what stands for the file where none is named
     * @param listener is told after each batch
     * @return what came of it
     * @throws SourceNotReadableException where the file cannot be read to its end
     * @throws InvalidRecordException where a line is no record, with the line's number
     */
    public LoadReport load(Path database, LoadRequest request, InputStream standardInput, LoadListener listener) {
        String source =
                request.source() == null ? "Standard input" : request.source().toString();
        try (CountingInputStream in = request.source() == null
                        ? CountingInputStream.of(standardInput)
                        : CountingInputStream.of(request.source());
                RecordReader texts = InputFormatDetector.open(in)) {
            LoadProgress progress = rows -> listener.progressed(rows, in.bytesRead(), in.size());
            RecordValidator check = new RecordValidator();
            return request.type() == TableType.EVENTS
                    ? events(
                            database,
                            request,
                            new RecordIterator<>(
                                    texts, new EventRecordParser(), check::check, request.onError(), source),
                            progress)
                    : profiles(
                            database,
                            request,
                            new RecordIterator<>(
                                    texts, new ProfileRecordParser(), check::check, request.onError(), source),
                            progress);
        } catch (NoSuchFileException e) {
            throw new SourceNotReadableException(source, "there is no such file", e);
        } catch (IOException e) {
            throw new SourceNotReadableException(source, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Looks for a loaded table.
     *
     * @param database the database file
     * @param table the table
     * @return what is known of it
     * @throws io.github.tandemfetch.load.engine.TableNotFoundException where there is no such table
     * @throws io.github.tandemfetch.load.engine.TableNotLoadedException where there is one that was not loaded
     */
    public TableInfo find(Path database, String table) {
        try (StorageEngine engine = engines.openForReading(database)) {
            return engine.tableInfo(table);
        }
    }

    /**
     * Drops a loaded table.
     *
     * @param database the database file
     * @param table the table
     * @throws io.github.tandemfetch.load.engine.TableNotFoundException where there is no such table
     * @throws io.github.tandemfetch.load.engine.TableNotLoadedException where there is one that was not loaded
     */
    public void drop(Path database, String table) {
        try (StorageEngine engine = engines.openExisting(database)) {
            engine.dropTable(table);
        }
    }

    private LoadReport events(
            Path database, LoadRequest request, RecordIterator<EventRecord> records, LoadProgress progress) {
        TableMetadata facts = TableMetadata.of(TableType.EVENTS, clock.instant());
        return report(database, request, records, engine -> switch (request.mode()) {
            case CREATE -> engine.createEventsTable(request.table(), records, facts, progress, request.batchSize());
            case APPEND -> engine.appendEvents(request.table(), records, facts, progress, request.batchSize());
            case REPLACE -> engine.replaceEvents(request.table(), records, facts, progress, request.batchSize());
        });
    }

    private LoadReport profiles(
            Path database, LoadRequest request, RecordIterator<ProfileRecord> records, LoadProgress progress) {
        TableMetadata facts = TableMetadata.of(TableType.PROFILES, clock.instant());
        return report(database, request, records, engine -> switch (request.mode()) {
            case CREATE -> engine.createProfilesTable(request.table(), records, facts, progress, request.batchSize());
            case APPEND -> engine.appendProfiles(request.table(), records, facts, progress, request.batchSize());
            case REPLACE -> engine.replaceProfiles(request.table(), records, facts, progress, request.batchSize());
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
                    records.skipped().count(),
                    records.skipped().first());
        } catch (InvalidRecordException e) {
            throw e.onLine(records.line());
        }
    }
}
