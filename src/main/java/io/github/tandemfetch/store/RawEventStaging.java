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
    private long lowestNumber;
    private long highestNumber;

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
                    arrival BIGINT, clock_change BOOLEAN, sequence_group BIGINT, sequence_number BIGINT, event_code INTEGER,
                    pump_timestamp TIMESTAMP, event_timestamp TIMESTAMPTZ, raw_event_data VARCHAR
                )
                """);
        appender = database.work(connection -> connection.createAppender("temp", "main", "staged_raw_events"));
        size = 0;
        lowestNumber = Long.MAX_VALUE;
        highestNumber = Long.MIN_VALUE;
    }

    /**
     * Takes one event.
     *
     * @param clockChange whether it came among the clock changes, which every answer has from the whole history
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode the event's code
     * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
     * @param utc the event's time in UTC; null where it is not known
     * @param json the event exactly as received
     * @throws DatabaseException where the engine fails
     */
    public void add(
            boolean clockChange,
            long sequenceGroup,
            long sequenceNumber,
            int eventCode,
            LocalDateTime pumpTimestamp,
            Instant utc,
            String json) {
        database.work(connection -> {
            appender.beginRow();
            appender.append(size);
            appender.append(clockChange);
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
        if (!clockChange) {
            lowestNumber = Math.min(lowestNumber, sequenceNumber);
            highestNumber = Math.max(highestNumber, sequenceNumber);
        }
    }

    /**
     * How many events came since the last restart, repetitions counted.
     *
     * @return the number
     */
    public long size() {
        return size;
    }

    /**
     * Ends the answer: it is whole and can be merged. The thread that added the events must call this, the engine takes
     * them from no other.
     *
     * @throws DatabaseException where the engine fails
     */
    public void finish() {
        if (appender != null) {
            // Closing would swallow a failure of the last flush.
            database.work(connection -> appender.flush());
            closeAppender();
        }
    }

    long lowestNumber() {
        return lowestNumber;
    }

    long highestNumber() {
        return highestNumber;
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
