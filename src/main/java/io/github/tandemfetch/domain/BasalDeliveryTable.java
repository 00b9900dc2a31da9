package io.github.tandemfetch.domain;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The basal rates, one row for each basal delivery event. All rates in mU/h. */
public final class BasalDeliveryTable {
    /** The code of the event that tells the basal rate, every five minutes. */
    public static final int EVENT_CODE = 279;

    // No Tandem pump delivers more than 15 U/h: a greater rate is unreadable, but for 65535, which is "not set".
    // TRY, because the engine's JSON is stricter than what may be sent: half a surrogate pair is a failure to it, and
    // must not stop all that comes after.
    private static final String ROWS = """
            SELECT id AS events_id, timestamp,
                   CASE WHEN profile_known AND profile < 65535 THEN profile::INTEGER END AS profile_basal_rate,
                   CASE WHEN algorithm_known AND algorithm < 65535 THEN algorithm::INTEGER END AS algorithm_basal_rate,
                   CASE WHEN temp_known AND temp < 65535 THEN temp::INTEGER END AS temp_basal_rate,
                   CASE WHEN commanded_known AND commanded < 65535 THEN commanded::INTEGER END AS commanded_basal_rate,
                   coalesce(lower(replace(data[6], ' ', '_')), 'unknown_' || data[5]) AS commanded_rate_source,
                   pump_serial, pump_timestamp, time_basis,
                   coalesce(commanded_known, false)
                       AND (data[1] IS NULL OR coalesce(profile_known, false))
                       AND (data[2] IS NULL OR coalesce(algorithm_known, false))
                       AND (data[3] IS NULL OR coalesce(temp_known, false))
                       AND (data[5] IS NULL OR data[5] <> '1' OR data[1] IS NOT NULL)
                       AND (data[5] IS NULL OR data[5] NOT IN ('3', '4') OR data[2] IS NOT NULL)
                       AND (data[5] IS NULL OR data[5] NOT IN ('2', '4') OR data[3] IS NOT NULL) AS readable,
                   sequence_group, sequence_number
            FROM (
                SELECT *,
                       (profile BETWEEN 0 AND 15000 OR profile = 65535) AND profile = floor(profile) AS profile_known,
                       (algorithm BETWEEN 0 AND 15000 OR algorithm = 65535) AND algorithm = floor(algorithm) AS algorithm_known,
                       (temp BETWEEN 0 AND 15000 OR temp = 65535) AND temp = floor(temp) AS temp_known,
                       (commanded BETWEEN 0 AND 15000 OR commanded = 65535) AND commanded = floor(commanded) AS commanded_known
                FROM (
                    SELECT *,
                           TRY_CAST(data[1] AS DOUBLE) AS profile, TRY_CAST(data[2] AS DOUBLE) AS algorithm,
                           TRY_CAST(data[3] AS DOUBLE) AS temp, TRY_CAST(data[4] AS DOUBLE) AS commanded
                    FROM (
                        SELECT *, TRY(json_extract_string(event_data, [
                            '$.profileBasalRate', '$.algorithmRate', '$.tempRate', '$.commandedRate',
                            '$.commandedRateSource', '$.labels.commandedRateSource'])) AS data
                        FROM events
                        WHERE event_id = ? AND id > ? AND id <= ? {pending}
                    )
                )
            )
            """;

    private static final String FIND_PENDING =
            "CREATE OR REPLACE TEMP TABLE pending_deliveries AS " + ROWS.replace("{pending}", """
                  AND NOT EXISTS (SELECT 1 FROM basal_deliveries WHERE basal_deliveries.events_id = events.id)
            """);

    private static final String INSERT = """
            INSERT INTO basal_deliveries
                (id, events_id, timestamp, profile_basal_rate, algorithm_basal_rate, temp_basal_rate,
                 commanded_basal_rate, commanded_rate_source, pump_serial, pump_timestamp, time_basis)
            SELECT (SELECT coalesce(max(id), 0) FROM basal_deliveries) + row_number() OVER (ORDER BY events_id),
                   * EXCLUDE (readable, sequence_group, sequence_number)
            FROM pending_deliveries
            ORDER BY events_id
            """;

    /** By day; of days without an unreadable event nothing is told. */
    private static final String UNREADABLE = """
            SELECT pump_serial, pump_timestamp::DATE, count(*), count(*) FILTER (NOT readable),
                   arg_min(sequence_group, events_id) FILTER (NOT readable),
                   arg_min(sequence_number, events_id) FILTER (NOT readable),
                   epoch_us(arg_min(pump_timestamp, events_id) FILTER (NOT readable))
            FROM {rows}
            GROUP BY ALL HAVING count(*) FILTER (NOT readable) > 0
            ORDER BY ALL
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
     * becomes NULL, and so does what is no rate. To be called in a transaction.
     *
     * @param eventCode the code of basal delivery events
     * @param afterEventsId only events with a greater id
     * @param lastEventsId and none with an id greater than this
     * @return what was stored
     * @throws DatabaseException where the engine fails
     */
    public Inserted insertPending(int eventCode, long afterEventsId, long lastEventsId) {
        database.update(FIND_PENDING, eventCode, afterEventsId, lastEventsId);
        long rows = database.update(INSERT);
        List<UnreadableDay> unreadable = new ArrayList<>();
        database.forEach(UNREADABLE.replace("{rows}", "pending_deliveries"), row -> unreadable.add(unreadableDay(row)));
        return new Inserted(rows, unreadable);
    }

    /**
     * What was stored.
     *
     * @param rows how many rows
     * @param unreadable the days with events whose rates cannot be read
     */
    public record Inserted(long rows, List<UnreadableDay> unreadable) {}

    /**
     * A day with events whose rates cannot be read: the commanded one is not there or is none that a pump can have,
     * another one is none, or the one that is commanded from is not there. What cannot be read is NULL in their rows.
     *
     * @param pumpSerial the pump
     * @param day the day, pump clock; null for events without a readable stamp
     * @param events how many basal delivery events were looked at of that day
     * @param unreadable how many of them cannot be read
     * @param firstSequenceGroup the group of the first of these
     * @param firstSequenceNumber its number
     * @param firstPumpTimestamp its stamp, pump clock; null where it has no readable one
     */
    public record UnreadableDay(
            String pumpSerial,
            LocalDate day,
            long events,
            long unreadable,
            long firstSequenceGroup,
            long firstSequenceNumber,
            LocalDateTime firstPumpTimestamp) {}

    /**
     * Looks for events of a stretch whose rates cannot be read.
     *
     * @param eventCode the code of basal delivery events
     * @param afterEventsId only events with a greater id
     * @param lastEventsId and none with an id greater than this
     * @return the days that have some
     * @throws DatabaseException where the engine fails
     */
    public List<UnreadableDay> unreadable(int eventCode, long afterEventsId, long lastEventsId) {
        List<UnreadableDay> unreadable = new ArrayList<>();
        database.forEach(
                UNREADABLE.replace("{rows}", "(" + ROWS.replace("{pending}", "") + ")"),
                row -> unreadable.add(unreadableDay(row)),
                eventCode,
                afterEventsId,
                lastEventsId);
        return unreadable;
    }

    private static UnreadableDay unreadableDay(ResultSet row) throws SQLException {
        return new UnreadableDay(
                row.getString(1),
                row.getObject(2, LocalDate.class),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                Micros.localDateTime(row, 7));
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
