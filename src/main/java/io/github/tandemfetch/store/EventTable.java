package io.github.tandemfetch.store;

import io.github.tandemfetch.store.RawEventTable.RawEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** The parsed events, one for each raw event. */
public final class EventTable {
    private final Database database;

    /**
     * Gives access to the table of an open database.
     *
     * @param database the open database
     */
    public EventTable(Database database) {
        this.database = database;
    }

    /**
     * A parsed event.
     *
     * @param raw the raw event it comes from
     * @param timestamp when it happened, UTC; null where that is not known
     * @param timeBasis how the time was found
     * @param eventName {@code LID_…}, or {@code UNKNOWN_<code>}
     * @param eventData its properties and their labels, a JSON object
     */
    public record ParsedEvent(RawEvent raw, Instant timestamp, String timeBasis, String eventName, String eventData) {}

    /**
     * Notes which raw events have no event yet; {@link #pendingAfter} then hands them out.
     *
     * @return how many there are
     * @throws DatabaseException where the engine fails
     */
    public long findPending() {
        database.execute("""
                CREATE OR REPLACE TEMP TABLE pending_raw_events AS
                SELECT id FROM raw_events raw
                WHERE NOT EXISTS (SELECT 1 FROM events WHERE events.raw_events_id = raw.id)
                ORDER BY id
                """);
        return database.first("SELECT count(*) FROM pending_raw_events", row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * A stretch of the raw events found pending, in the order of their ids.
     *
     * @param afterId only raw events with a greater id
     * @param limit how many at most
     * @return the raw events, none when all have been handed out
     * @throws DatabaseException where the engine fails
     */
    public List<RawEvent> pendingAfter(long afterId, int limit) {
        long lastId = database.first(
                        "SELECT max(id) FROM (SELECT id FROM pending_raw_events WHERE id > ? ORDER BY id LIMIT " + limit
                                + ")",
                        row -> row.getLong(1),
                        afterId)
                .orElse(0L);
        List<RawEvent> events = new ArrayList<>();
        database.forEach(
                "SELECT " + RawEventTable.RAW_EVENT_COLUMNS + """
                         FROM raw_events
                        WHERE id > ? AND id <= ?
                          AND id IN (SELECT id FROM pending_raw_events WHERE id > ? AND id <= ?)
                        ORDER BY id
                        """,
                row -> events.add(RawEventTable.read(row)),
                afterId,
                lastId,
                afterId,
                lastId);
        return events;
    }

    /**
     * Stores events. To be called in a transaction.
     *
     * @param events the events, in the order of their raw events' ids
     * @param created the time to note as theirs of creation
     * @throws DatabaseException where the engine fails
     */
    public void insert(List<ParsedEvent> events, Instant created) {
        long lastId = database.first("SELECT coalesce(max(id), 0) FROM events", row -> row.getLong(1))
                .orElse(0L);
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender("events")) {
                long id = lastId;
                for (ParsedEvent event : events) {
                    append(appender, ++id, event, created);
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
    }

    /**
     * Counts the stored events.
     *
     * @return the number of rows
     * @throws DatabaseException where the engine fails
     */
    public long count() {
        return database.first("SELECT count(*) FROM events", row -> row.getLong(1))
                .orElse(0L);
    }

    private static void append(DuckDBAppender appender, long id, ParsedEvent event, Instant created)
            throws SQLException {
        RawEvent raw = event.raw();
        appender.beginRow();
        appender.append(id);
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
