package io.github.tandemfetch.store;

/** The basal rates, one row for each basal delivery event. All rates in mU/h. */
public final class BasalDeliveryTable {
    // TRY, because the engine's JSON is stricter than what may be sent: half a surrogate pair is a failure to it, and
    // must
    // not stop all that comes after.
    private static final String INSERT = """
            INSERT INTO basal_deliveries
                (id, events_id, timestamp, profile_basal_rate, algorithm_basal_rate, temp_basal_rate,
                 commanded_basal_rate, commanded_rate_source, pump_serial, pump_timestamp, time_basis)
            SELECT (SELECT coalesce(max(id), 0) FROM basal_deliveries) + row_number() OVER (ORDER BY id),
                   id, timestamp,
                   nullif(TRY_CAST(data[1] AS INTEGER), 65535),
                   nullif(TRY_CAST(data[2] AS INTEGER), 65535),
                   nullif(TRY_CAST(data[3] AS INTEGER), 65535),
                   nullif(TRY_CAST(data[4] AS INTEGER), 65535),
                   coalesce(lower(replace(data[6], ' ', '_')), 'unknown_' || data[5]),
                   pump_serial, pump_timestamp, time_basis
            FROM (
                SELECT *, TRY(json_extract_string(event_data, [
                    '$.profileBasalRate', '$.algorithmRate', '$.tempRate', '$.commandedRate',
                    '$.commandedRateSource', '$.labels.commandedRateSource'])) AS data
                FROM events
                WHERE event_id = ? AND id > ? AND id <= ?
                  AND NOT EXISTS (SELECT 1 FROM basal_deliveries WHERE basal_deliveries.events_id = events.id)
            )
            ORDER BY id
            """;

    private final Database database;

    /**
     * Gives access to the table of an open database.
     *
     * @param database the open database
     */
    public BasalDeliveryTable(Database database) {
        this.database = database;
    }

    /**
     * Stores a row for each event of a stretch that has none yet. A rate of 65535 is how the pump says "not set" and
     * becomes NULL. To be called in a transaction.
     *
     * @param eventCode the code of basal delivery events
     * @param afterEventsId only events with a greater id
     * @param lastEventsId and none with an id greater than this
     * @return how many rows were stored
     * @throws DatabaseException where the engine fails
     */
    public long insertPending(int eventCode, long afterEventsId, long lastEventsId) {
        return database.update(INSERT, eventCode, afterEventsId, lastEventsId);
    }

    /**
     * The first and the last event that has no row yet.
     *
     * @param eventCode the code of basal delivery events
     * @return the span of ids; empty where every event has its row
     * @throws DatabaseException where the engine fails
     */
    public java.util.Optional<IdSpan> pendingSpan(int eventCode) {
        // Every row has another event, so that equal counts leave none over.
        boolean none = database.first("""
                        SELECT (SELECT count(*) FROM events WHERE event_id = ?)
                             = (SELECT count(*) FROM basal_deliveries)
                        """, row -> row.getBoolean(1), eventCode).orElseThrow();
        return none ? java.util.Optional.empty() : findPending(eventCode);
    }

    private java.util.Optional<IdSpan> findPending(int eventCode) {
        return database.first(
                        """
                        SELECT min(id), max(id) FROM events
                        WHERE event_id = ?
                          AND NOT EXISTS (SELECT 1 FROM basal_deliveries WHERE basal_deliveries.events_id = events.id)
                        """,
                        row -> row.getObject(1) == null
                                ? java.util.Optional.<IdSpan>empty()
                                : java.util.Optional.of(new IdSpan(row.getLong(1), row.getLong(2))),
                        eventCode)
                .flatMap(span -> span);
    }

    /**
     * A span of ids, both ends included.
     *
     * @param first the first id
     * @param last the last id
     */
    public record IdSpan(long first, long last) {}
}
