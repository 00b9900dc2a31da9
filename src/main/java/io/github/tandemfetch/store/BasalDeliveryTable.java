package io.github.tandemfetch.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The basal rates, one row for each basal delivery event. All rates in mU/h. */
public final class BasalDeliveryTable {
    // TRY, because the engine's JSON is stricter than what may be sent: half a surrogate pair is a failure to it, and
    // must not stop all that comes after.
    private static final String ROWS = """
            SELECT id AS events_id, timestamp,
                   nullif(TRY_CAST(data[1] AS INTEGER), 65535) AS profile_basal_rate,
                   nullif(TRY_CAST(data[2] AS INTEGER), 65535) AS algorithm_basal_rate,
                   nullif(TRY_CAST(data[3] AS INTEGER), 65535) AS temp_basal_rate,
                   nullif(TRY_CAST(data[4] AS INTEGER), 65535) AS commanded_basal_rate,
                   coalesce(lower(replace(data[6], ' ', '_')), 'unknown_' || data[5]) AS commanded_rate_source,
                   pump_serial, pump_timestamp, time_basis
            FROM (
                SELECT *, TRY(json_extract_string(event_data, [
                    '$.profileBasalRate', '$.algorithmRate', '$.tempRate', '$.commandedRate',
                    '$.commandedRateSource', '$.labels.commandedRateSource'])) AS data
                FROM events
                WHERE event_id = ? AND id > ? AND id <= ? {pending}
            )
            """;

    private static final String INSERT = """
            INSERT INTO basal_deliveries
                (id, events_id, timestamp, profile_basal_rate, algorithm_basal_rate, temp_basal_rate,
                 commanded_basal_rate, commanded_rate_source, pump_serial, pump_timestamp, time_basis)
            SELECT (SELECT coalesce(max(id), 0) FROM basal_deliveries) + row_number() OVER (ORDER BY events_id), *
            FROM (
            """ + ROWS.replace("{pending}", """
                  AND NOT EXISTS (SELECT 1 FROM basal_deliveries WHERE basal_deliveries.events_id = events.id)
            """) + """
            )
            ORDER BY events_id
            """;

    private static final String COMPARE = """
            SELECT coalesce(expected.events_id, stored.events_id),
                   CASE WHEN stored.events_id IS NULL THEN 'MISSING'
                        WHEN expected.events_id IS NULL THEN 'UNFOUNDED'
                        ELSE 'OTHER' END
            FROM (
            """ + ROWS.replace("{pending}", "") + """
            ) expected
            FULL JOIN (
                SELECT * EXCLUDE (id) FROM basal_deliveries WHERE events_id > ? AND events_id <= ?
            ) stored USING (events_id)
            WHERE (expected.timestamp, expected.profile_basal_rate, expected.algorithm_basal_rate,
                   expected.temp_basal_rate, expected.commanded_basal_rate, expected.commanded_rate_source,
                   expected.pump_serial, expected.pump_timestamp, expected.time_basis)
                IS DISTINCT FROM
                  (stored.timestamp, stored.profile_basal_rate, stored.algorithm_basal_rate,
                   stored.temp_basal_rate, stored.commanded_basal_rate, stored.commanded_rate_source,
                   stored.pump_serial, stored.pump_timestamp, stored.time_basis)
               OR expected.events_id IS NULL OR stored.events_id IS NULL
            ORDER BY 1
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
     * A row that is not what its event gives.
     *
     * @param eventsId the event
     * @param fault what is wrong
     */
    public record Difference(long eventsId, Fault fault) {
        /** What is wrong with a row. */
        public enum Fault {
            /** The event has no row. */
            MISSING,
            /** There is a row, and no such event that gives one. */
            UNFOUNDED,
            /** The row has other values. */
            OTHER
        }
    }

    /**
     * Compares the rows of a stretch of events with those that an extraction would give now.
     *
     * @param eventCode the code of basal delivery events
     * @param afterEventsId only events with a greater id
     * @param lastEventsId and none with an id greater than this
     * @return the differences, none where all is well
     * @throws DatabaseException where the engine fails
     */
    public List<Difference> compare(int eventCode, long afterEventsId, long lastEventsId) {
        List<Difference> differences = new ArrayList<>();
        database.forEach(
                COMPARE,
                row -> differences.add(new Difference(row.getLong(1), Difference.Fault.valueOf(row.getString(2)))),
                eventCode,
                afterEventsId,
                lastEventsId,
                afterEventsId,
                lastEventsId);
        return differences;
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
    public Optional<IdSpan> pendingSpan(int eventCode) {
        // Every row has another event, so that equal counts leave none over.
        boolean none = database.first("""
                        SELECT (SELECT count(*) FROM events WHERE event_id = ?)
                             = (SELECT count(*) FROM basal_deliveries)
                        """, row -> row.getBoolean(1), eventCode).orElseThrow();
        return none ? Optional.empty() : findPending(eventCode);
    }

    private Optional<IdSpan> findPending(int eventCode) {
        return database.first(
                        """
                        SELECT min(id), max(id) FROM events
                        WHERE event_id = ?
                          AND NOT EXISTS (SELECT 1 FROM basal_deliveries WHERE basal_deliveries.events_id = events.id)
                        """,
                        row -> row.getObject(1) == null
                                ? Optional.<IdSpan>empty()
                                : Optional.of(new IdSpan(row.getLong(1), row.getLong(2))),
                        eventCode)
                .flatMap(span -> span);
    }

    /**
     * Counts the stored deliveries.
     *
     * @return the number of rows
     * @throws DatabaseException where the engine fails
     */
    public long count() {
        return database.first("SELECT count(*) FROM basal_deliveries", row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * A span of ids, both ends included.
     *
     * @param first the first id
     * @param last the last id
     */
    public record IdSpan(long first, long last) {}
}
