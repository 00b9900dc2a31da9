package io.github.tandemfetch.store;

import io.github.tandemfetch.store.EventTable.ParsedEvent;
import io.github.tandemfetch.store.RawEventTable.RawEvent;
import java.sql.SQLException;
import java.time.Instant;
import org.duckdb.DuckDBAppender;

/** Holds parsed events until they are stored together. One thread fills it, another may store it. */
public final class EventStaging implements AutoCloseable {
    private final Database session;
    private final String table = StagingCatalog.newTable();
    private final DuckDBAppender appender;
    private long size;

    EventStaging(Database session) {
        this.session = session;
        session.execute("CREATE TABLE %s AS SELECT 0::BIGINT AS position, * EXCLUDE (id) FROM events LIMIT 0"
                .formatted(tableName()));
        appender = session.work(connection -> connection.createAppender(StagingCatalog.NAME, "main", table));
    }

    /**
     * Takes one event.
     *
     * @param event the event
     * @param created the time to note as its of creation
     * @throws DatabaseException where the engine fails
     */
    public void add(ParsedEvent event, Instant created) {
        size++;
        session.work(connection -> {
            append(event, created);
            return null;
        });
    }

    /**
     * How many events it holds.
     *
     * @return the number
     */
    public long size() {
        return size;
    }

    /** Ends the filling; the thread that added the events must call this. A failure of the last rows shows here. */
    @Override
    public void close() {
        session.work(connection -> {
            // Closing alone would swallow it.
            appender.flush();
            appender.close();
            return null;
        });
    }

    String tableName() {
        return StagingCatalog.qualified(table);
    }

    private void append(ParsedEvent event, Instant created) throws SQLException {
        RawEvent raw = event.raw();
        appender.beginRow();
        appender.append(size);
        appender.append(raw.id());
        Micros.append(appender, created);
        Micros.append(appender, event.timestamp());
        appender.append(raw.eventCode());
        appender.append(event.eventName());
        appender.append(event.eventData());
        appender.append(raw.pumpSerial());
        Micros.append(appender, raw.pumpTimestamp());
        appender.append(event.timeBasis());
        appender.append(raw.sequenceGroup());
        appender.append(raw.sequenceNumber());
        appender.endRow();
    }
}
