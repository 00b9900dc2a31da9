package io.github.tandemfetch.history;

import io.github.tandemfetch.history.EventTable.ParsedEvent;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.sql.SQLException;
import java.time.Instant;
import org.duckdb.DuckDBAppender;

/** Stores parsed events one after the other, in the transaction in which it was opened. For one thread. */
public final class EventAppender implements AutoCloseable {
    private final Database database;
    private final DuckDBAppender appender;
    private final long lastId;
    private long size;

    EventAppender(Database database, long lastId) {
        this.database = database;
        this.lastId = lastId;
        appender = database.work(connection -> connection.createAppender("events"));
    }

    /**
     * Takes one event.
     *
     * @param event the event, of a raw event that has none yet
     * @param created the time to note as its of creation
     */
    public void add(ParsedEvent event, Instant created) {
        size++;
        database.work(connection -> {
            append(event, created);
            return null;
        });
    }

    /**
     * How many events it took.
     *
     * @return the number
     */
    public long size() {
        return size;
    }

    /** Hands over what is left. A failure of the last events shows here. */
    public void finish() {
        // Closing alone would swallow it.
        database.work(connection -> appender.flush());
    }

    /** Ends the storing; what was not {@linkplain #finish finished} may be lost. */
    @Override
    public void close() {
        database.work(connection -> {
            appender.close();
            return null;
        });
    }

    private void append(ParsedEvent event, Instant created) throws SQLException {
        appender.beginRow();
        appender.append(lastId + size);
        appender.append(event.rawEventsId());
        Micros.append(appender, created);
        Micros.append(appender, event.timestamp());
        appender.append(event.eventCode());
        appender.append(event.eventName());
        appender.append(event.eventData());
        appender.append(event.pumpSerial());
        Micros.append(appender, event.pumpTimestamp());
        appender.append(event.timeBasis());
        appender.append(event.sequenceGroup());
        appender.append(event.sequenceNumber());
        appender.endRow();
    }
}
