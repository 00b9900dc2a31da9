package io.github.tandemfetch.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import org.duckdb.DuckDBAppender;

/**
 * Holds the events of one answer outside of the tables until the answer is known to be whole. It spills to disk where
 * an answer is larger than memory allows.
 */
public final class RawEventStaging implements AutoCloseable {
    private final Database database;
    private DuckDBAppender appender;
    private long size;

    RawEventStaging(Database database) {
        this.database = database;
        restart();
    }

    /**
     * Forgets what came so far.
     *
     * @throws DatabaseException where the engine fails
     */
    public void restart() {
        closeAppender();
        database.execute("""
                CREATE OR REPLACE TEMP TABLE staged_raw_events (
                    arrival BIGINT, sequence_group BIGINT, sequence_number BIGINT, event_code INTEGER,
                    pump_timestamp TIMESTAMP, event_timestamp TIMESTAMPTZ, raw_event_data VARCHAR
                )
                """);
        appender = database.work(connection -> connection.createAppender("temp", "main", "staged_raw_events"));
        size = 0;
    }

    /**
     * Takes one event.
     *
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode the event's code
     * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
     * @param utc the event's time in UTC; null where it is not known
     * @param json the event exactly as received
     * @throws DatabaseException where the engine fails
     */
    public void add(
            long sequenceGroup,
            long sequenceNumber,
            int eventCode,
            LocalDateTime pumpTimestamp,
            Instant utc,
            String json) {
        database.work(connection -> {
            appender.beginRow();
            appender.append(size);
            appender.append(sequenceGroup);
            appender.append(sequenceNumber);
            appender.append(eventCode);
            Micros.append(appender, pumpTimestamp);
            Micros.append(appender, utc);
            appender.append(json);
            appender.endRow();
            return null;
        });
        size++;
    }

    /**
     * How many events came since the last restart, repetitions counted.
     *
     * @return the number
     */
    public long size() {
        return size;
    }

    void flush() {
        database.work(connection -> appender.flush());
    }

    /** Drops what is staged. */
    @Override
    public void close() {
        closeAppender();
        database.execute("DROP TABLE IF EXISTS temp.staged_raw_events");
    }

    private void closeAppender() {
        if (appender != null) {
            try {
                appender.close();
            } catch (SQLException e) {
                throw EngineFailures.onWork(database.file(), e);
            }
            appender = null;
        }
    }
}
