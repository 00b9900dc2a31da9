package io.github.tandemfetch.store;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import org.duckdb.DuckDBAppender;

/**
 * Holds the events of one answer outside of the tables until the answer is known to be whole: in a database in memory
 * that all sessions see, and that spills to disk where an answer is larger than memory allows. One thread fills it,
 * another may merge it.
 */
public final class RawEventStaging implements AutoCloseable {
    private final Database session;
    private final String table = StagingCatalog.newTable();
    private DuckDBAppender appender;
    private long size;
    private long lowestNumber;
    private long highestNumber;
    private boolean clockChanges;

    RawEventStaging(Database session) {
        this.session = session;
        restart();
    }

    /**
     * Forgets what came so far.
     *
     * @throws DatabaseException where the engine fails
     */
    public void restart() {
        closeAppender();
        session.execute("""
                CREATE OR REPLACE TABLE %s (
                    arrival BIGINT, clock_change BOOLEAN, sequence_group BIGINT, sequence_number BIGINT,
                    event_code INTEGER, pump_timestamp TIMESTAMP, event_timestamp TIMESTAMPTZ, raw_event_data JSON
                )
                """.formatted(tableName()));
        appender = session.work(connection -> connection.createAppender(StagingCatalog.NAME, "main", table));
        size = 0;
        lowestNumber = Long.MAX_VALUE;
        highestNumber = Long.MIN_VALUE;
        clockChanges = false;
    }

    /**
     * Takes one event.
     *
     * @param clockChange whether it came among the clock changes, which are from the whole history
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode the event's code
     * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
     * @param utc the event's time in UTC; null where it is not known
     * @param json the event exactly as received; JSON that has been read already, the engine does not look at it
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
        session.work(connection -> {
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
        if (clockChange) {
            clockChanges = true;
        } else {
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
            session.work(connection -> appender.flush());
            closeAppender();
        }
    }

    long lowestNumber() {
        return lowestNumber;
    }

    boolean hasClockChanges() {
        return clockChanges;
    }

    long highestNumber() {
        return highestNumber;
    }

    /** The table's name, with its catalog. */
    String tableName() {
        return StagingCatalog.qualified(table);
    }

    /** Drops what is staged; the thread that filled it, before it is finished. */
    @Override
    public void close() {
        closeAppender();
        session.execute("DROP TABLE IF EXISTS " + tableName());
    }

    private void closeAppender() {
        if (appender != null) {
            try {
                appender.close();
            } catch (SQLException e) {
                throw EngineFailures.onWork(session.file(), e);
            }
            appender = null;
        }
    }
}
