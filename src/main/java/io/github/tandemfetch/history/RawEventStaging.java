package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.EngineFailures;
import io.github.tandemfetch.store.Literal;
import io.github.tandemfetch.store.Micros;
import io.github.tandemfetch.store.StagingCatalog;
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
    private DuckDBAppender rejectedAppender;
    private long size;
    private NumberRange events;
    private NumberRange all;
    private boolean clockChanges;
    private boolean rejected;
    private boolean otherPumps;

    RawEventStaging(Database session) {
        this.session = session;
        restart();
    }

    /** Forgets what came so far. */
    public void restart() {
        closeAppender();
        session.execute("""
                CREATE OR REPLACE TABLE %s (
                    arrival BIGINT, clock_change BOOLEAN, sequence_group BIGINT, sequence_number BIGINT,
                    event_code INTEGER, pump_timestamp TIMESTAMP, event_timestamp TIMESTAMPTZ, raw_event_data JSON,
                    other_pump BOOLEAN
                )
                """.formatted(tableName()));
        session.execute("DROP TABLE IF EXISTS " + rejectedTableName());
        appender = session.work(connection -> connection.createAppender(StagingCatalog.NAME, "main", table));
        size = 0;
        events = NumberRange.NONE;
        all = NumberRange.NONE;
        clockChanges = false;
        rejected = false;
        otherPumps = false;
    }

    /**
     * Some sequence numbers.
     *
     * @param lowest the lowest of them
     * @param highest the highest of them
     */
    record NumberRange(long lowest, long highest) {
        private static final NumberRange NONE = new NumberRange(Long.MAX_VALUE, Long.MIN_VALUE);

        private NumberRange with(long number) {
            return number >= lowest && number <= highest
                    ? this
                    : new NumberRange(Math.min(lowest, number), Math.max(highest, number));
        }
    }

    /**
     * Takes one event.
     *
     * @param otherPump whether it says that it is of another pump; until it is decided what that means
     * @param clockChange whether it came among the clock changes, which are from the whole history
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode the event's code
     * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
     * @param utc the event's time in UTC; null where it is not known
     * @param json the event exactly as received; JSON that has been read already, the engine does not look at it
     */
    public void add(
            boolean otherPump,
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
            appender.append(otherPump);
            appender.endRow();
            return null;
        });
        size++;
        all = all.with(sequenceNumber);
        otherPumps |= otherPump;
        if (clockChange) {
            clockChanges = true;
        } else {
            events = events.with(sequenceNumber);
        }
    }

    /**
     * Takes an element that is no event.
     *
     * @param reason what is wrong with it
     * @param content the element, or its beginning
     * @param contentSize how many bytes it has
     */
    public void reject(String reason, byte[] content, long contentSize) {
        if (rejectedAppender == null) {
            createRejectedTable(session);
            rejectedAppender =
                    session.work(connection -> connection.createAppender(StagingCatalog.NAME, "main", rejectedTable()));
        }
        session.work(connection -> {
            rejectedAppender.beginRow();
            rejectedAppender.append(reason);
            rejectedAppender.appendNull();
            rejectedAppender.appendNull();
            rejectedAppender.append(content);
            rejectedAppender.append(contentSize);
            rejectedAppender.endRow();
            return null;
        });
    }

    private void createRejectedTable(Database by) {
        rejected = true;
        by.execute("""
                CREATE TABLE IF NOT EXISTS %s (
                    reason VARCHAR, sequence_group BIGINT, sequence_number BIGINT, content BLOB, size_bytes BIGINT
                )
                """.formatted(rejectedTableName()));
    }

    /**
     * Whether events say that they are of another pump.
     *
     * @return false for nearly all answers
     */
    public boolean hasOtherPumps() {
        return otherPumps;
    }

    /**
     * Decides about the events that say that they are of another pump. To be called once the answer is finished.
     *
     * @param rejected whether they are no events of the pump
     */
    public void settleOtherPumps(boolean rejected) {
        if (rejected) {
            reject(session, "is of another pump, by its deviceAssignmentId", "other_pump");
        }
    }

    /** Moves staged events to the rejected ones, in a session of a thread that may use the staging area now. */
    void reject(Database by, String reason, String condition) {
        createRejectedTable(by);
        by.execute("""
                INSERT INTO %s
                SELECT %s, sequence_group, sequence_number, encode(raw_event_data::VARCHAR),
                       octet_length(encode(raw_event_data::VARCHAR))
                FROM %s WHERE %s
                """.formatted(rejectedTableName(), Literal.of(reason), tableName(), condition));
        by.execute("DELETE FROM " + tableName() + " WHERE " + condition);
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
     */
    public void finish() {
        if (appender != null) {
            // Closing would swallow a failure of the last flush.
            session.work(connection -> appender.flush());
            if (rejectedAppender != null) {
                session.work(connection -> rejectedAppender.flush());
            }
            closeAppender();
        }
    }

    boolean hasClockChanges() {
        return clockChanges;
    }

    /** The sequence numbers of the events, clock changes not counted. */
    NumberRange events() {
        return events;
    }

    /** The sequence numbers of everything that came. */
    NumberRange all() {
        return all;
    }

    /** Whether anything is rejected; the table of it is there only then. */
    boolean hasRejected() {
        return rejected;
    }

    /** The name of the table of what is rejected, with its catalog. */
    String rejectedTableName() {
        return StagingCatalog.qualified(rejectedTable());
    }

    private String rejectedTable() {
        return table + "_rejected";
    }

    /** The table's name, with its catalog. */
    public String tableName() {
        return StagingCatalog.qualified(table);
    }

    /** Drops what is staged; the thread that filled it, before it is finished. */
    @Override
    public void close() {
        closeAppender();
        drop(session);
    }

    /** Drops what was staged, in a session of a thread that may use the staging area now. */
    void drop(Database by) {
        by.execute("DROP TABLE IF EXISTS " + tableName());
        by.execute("DROP TABLE IF EXISTS " + rejectedTableName());
    }

    private void closeAppender() {
        close(appender);
        close(rejectedAppender);
        appender = null;
        rejectedAppender = null;
    }

    private void close(DuckDBAppender open) {
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw EngineFailures.onWork(session.file(), e);
            }
        }
    }
}
