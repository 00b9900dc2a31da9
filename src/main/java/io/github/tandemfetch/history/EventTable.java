package io.github.tandemfetch.history;

import io.github.tandemfetch.history.RawEventTable.RawEvent;
import io.github.tandemfetch.store.Database;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.function.Consumer;

/** The parsed events, one for each raw event. */
public final class EventTable {
    private final Database database;

    public EventTable(Database database) {
        this.database = database;
    }

    /**
     * A parsed event. It does not hold on to the raw event's text, which is as long again.
     *
     * @param rawEventsId the raw event it comes from
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode the event's code
     * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
     * @param timestamp when it happened, UTC; null where that is not known
     * @param timeBasis how the time was found
     * @param eventName {@code LID_…}, or {@code UNKNOWN_<code>}
     * @param eventData its properties and their labels, a JSON object in UTF-8
     */
    public record ParsedEvent(
            long rawEventsId,
            String pumpSerial,
            long sequenceGroup,
            long sequenceNumber,
            int eventCode,
            LocalDateTime pumpTimestamp,
            Instant timestamp,
            String timeBasis,
            String eventName,
            byte[] eventData) {}

    /**
     * The raw events that have no event yet.
     *
     * @param count how many there are
     * @param firstId the id of the first of them; 0 where there is none
     * @param lastId the id of the last of them; 0 where there is none
     */
    public record Pending(long count, long firstId, long lastId) {
        /**
         * How far the ids reach.
         *
         * @return the number of ids from the first to the last
         */
        public long idSpan() {
            return count == 0 ? 0 : lastId - firstId + 1;
        }
    }

    /**
     * Where the events are.
     *
     * @param firstId the least id; 1 where there is none
     * @param lastId the greatest id; 0 where there is none
     */
    public record Extent(long firstId, long lastId) {}

    /**
     * Where the events are.
     *
     * @return the extent of their ids
     */
    public Extent extent() {
        return database.first(
                        "SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM events",
                        row -> new Extent(row.getLong(1), row.getLong(2)))
                .orElseThrow();
    }

    /**
     * Looks for raw events that have no event yet.
     *
     * @return how many there are, and where
     */
    public Pending pending() {
        // Every event has another raw event, so that equal counts, which cost nothing, leave none over.
        boolean none = database.first(
                        "SELECT (SELECT count(*) FROM raw_events) = (SELECT count(*) FROM events)",
                        row -> row.getBoolean(1))
                .orElseThrow();
        return none ? new Pending(0, 0, 0) : findPending();
    }

    private Pending findPending() {
        return database.first("""
                        SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM raw_events
                        WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.raw_events_id = raw_events.id)
                        """, row -> new Pending(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
    }

    /**
     * Hands on the raw events of a stretch of ids that have no event yet, in any order.
     *
     * @param firstId the first id of the stretch
     * @param lastId the last id of the stretch
     * @param pending takes each of them
     */
    public void forEachPending(long firstId, long lastId, Consumer<RawEvent> pending) {
        // The numbers stand in the statement, as it would be planned twice for values that are bound.
        database.forEach(
                """
                SELECT %1$s FROM raw_events
                WHERE id BETWEEN %2$d AND %3$d
                  AND NOT EXISTS (
                      SELECT 1 FROM events
                      WHERE events.raw_events_id BETWEEN %2$d AND %3$d AND events.raw_events_id = raw_events.id)
                """.formatted(RawEventTable.RAW_EVENT_COLUMNS, firstId, lastId),
                row -> pending.accept(RawEventTable.read(row)));
    }

    /**
     * Begins to store events, behind those that are there. To be called in a transaction, and closed in it.
     *
     * @return takes the events
     */
    public EventAppender appender() {
        long lastId = database.first("SELECT coalesce(max(id), 0) FROM events", row -> row.getLong(1))
                .orElse(0L);
        return new EventAppender(database, lastId);
    }

    /**
     * Whether nothing is parsed yet.
     *
     * @return true for an empty table
     */
    public boolean isEmpty() {
        return database.first("SELECT 1 FROM events LIMIT 1", row -> row.getInt(1))
                .isEmpty();
    }

    /**
     * Counts the stored events.
     *
     * @return the number of rows
     */
    public long count() {
        return database.first("SELECT count(*) FROM events", row -> row.getLong(1))
                .orElse(0L);
    }
}
