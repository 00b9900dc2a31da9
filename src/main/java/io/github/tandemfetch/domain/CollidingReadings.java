package io.github.tandemfetch.domain;

import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;
import java.util.List;
import java.util.function.LongConsumer;
import org.duckdb.DuckDBAppender;

/**
 * Readings of one sensor and pump at one second, of which one row stays. The value that was logged last holds, and of
 * several with that value the first in the log. Whichever order the events were fetched in, the same one stays, since all
 * readings of the second are looked at together: the row that is stored and the events that have none.
 */
final class CollidingReadings {
    // A hash of pump, sensor and time is enough to find candidates: rows of another second are told apart below.
    private static final String KEY_HASH = "hash(pump_serial, sensor, timestamp)";

    private static final String CANDIDATES = """
            CREATE OR REPLACE TEMP TABLE reading_candidates AS
            WITH candidate AS (
                SELECT id, events_id, pump_serial, sensor, timestamp, cgm_reading, status FROM {readings}
                WHERE timestamp IS NOT NULL AND {hash} IN (
                    SELECT {hash} FROM colliding_readings{repeated})
                UNION ALL
                SELECT NULL, events_id, pump_serial, sensor, timestamp, cgm_reading, status FROM colliding_readings
            ), logged AS (
                SELECT candidate.*, sequence_group, sequence_number,
                       coalesce(cgm_reading::VARCHAR, status) AS shown
                FROM candidate JOIN events ON events.id = candidate.events_id
            )
            SELECT *,
                   last_value(shown) OVER (
                       PARTITION BY pump_serial, sensor, timestamp ORDER BY sequence_group, sequence_number
                       ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS newest,
                   row_number() OVER (
                       PARTITION BY pump_serial, sensor, timestamp, shown
                       ORDER BY sequence_group, sequence_number) AS nth,
                   min(id) OVER (PARTITION BY pump_serial, sensor, timestamp) AS row_id
            FROM logged
            """.replace("{hash}", KEY_HASH).replace("{readings}", CgmReadings.NAME);

    private static final String REPEATED = " UNION ALL SELECT " + KEY_HASH + " FROM " + CgmReadings.NAME
            + " WHERE timestamp IS NOT NULL{pump} GROUP BY 1 HAVING count(*) > 1";

    private static final String COLUMNS = """
            events_id BIGINT, timestamp TIMESTAMPTZ, cgm_reading INTEGER, status VARCHAR, reported_value INTEGER,
            rate_of_change DOUBLE, backfilled BOOLEAN, sensor VARCHAR, pump_serial VARCHAR, pump_timestamp TIMESTAMP,
            time_basis VARCHAR
            """;

    private final Database database;

    /** Begins with no readings. */
    public CollidingReadings(Database database) {
        this.database = database;
        database.execute("CREATE OR REPLACE TEMP TABLE colliding_readings (" + COLUMNS + ")");
    }

    /**
     * What came of the readings.
     *
     * @param conflicts readings of another value than the one that stays, each value of a second once
     * @param repeated readings of a value that was logged before
     * @param replaced rows that were there before and are now of another event
     * @param dropped rows that are new and were taken away again
     */
    public record Outcome(long conflicts, long repeated, long replaced, long dropped) {}

    /**
     * Adds readings that have no row.
     *
     * @param readings readings of a second of which a row is stored
     */
    public void add(List<CgmReading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "colliding_readings")) {
                for (CgmReading reading : readings) {
                    appender.beginRow();
                    CgmReadingTable.appendValues(appender, reading);
                    appender.endRow();
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
    }

    /**
     * Leaves one row of each second. To be called in a transaction.
     *
     * @param lastOldId the greatest id of a row that was there before
     * @param searchTable whether to look for rows of one second in the whole table too
     * @return what came of it
     */
    public Outcome settle(long lastOldId, boolean searchTable) {
        find(searchTable ? REPEATED.replace("{pump}", "") : "");
        return settleFound(lastOldId);
    }

    /**
     * Leaves one row of each second of a pump. To be called in a transaction.
     *
     * @return how many rows were dropped
     */
    public long settleRowsOf(String pumpSerial) {
        find(REPEATED.replace("{pump}", " AND pump_serial = " + Literal.of(pumpSerial)));
        return settleFound(0).dropped();
    }

    private void find(String repeated) {
        database.execute(CANDIDATES.replace("{repeated}", repeated));
    }

    private Outcome settleFound(long lastOldId) {
        String withRow = "SELECT row_id FROM reading_candidates WHERE shown = newest AND nth = 1 AND id IS NULL";
        long dropped =
                number("SELECT count(*) FROM reading_candidates WHERE id > " + lastOldId + " AND " + dropped(withRow));
        long replaced = number("SELECT count(*) FROM (" + withRow + ") WHERE row_id <= " + lastOldId);
        database.update("DELETE FROM " + CgmReadings.NAME + " WHERE id IN (SELECT id FROM reading_candidates WHERE "
                + dropped(withRow) + ")");
        database.update("""
                UPDATE {readings} reading SET
                    events_id = other.events_id, timestamp = other.timestamp, cgm_reading = other.cgm_reading,
                    status = other.status, reported_value = other.reported_value,
                    rate_of_change = other.rate_of_change, backfilled = other.backfilled, sensor = other.sensor,
                    pump_serial = other.pump_serial, pump_timestamp = other.pump_timestamp,
                    time_basis = other.time_basis
                FROM (
                    SELECT row_id, colliding_readings.* FROM reading_candidates candidate
                    JOIN colliding_readings USING (events_id)
                    WHERE candidate.shown = newest AND nth = 1 AND id IS NULL
                ) other
                WHERE reading.id = other.row_id
                """.replace("{readings}", CgmReadings.NAME));
        return new Outcome(
                number("SELECT count(*) FROM reading_candidates WHERE shown <> newest AND nth = 1"),
                number("SELECT count(*) FROM reading_candidates WHERE nth > 1"),
                replaced,
                dropped);
    }

    /** Rows that go: all but the one that stays, or whose place the one that stays takes. */
    private static String dropped(String withRow) {
        return "id IS NOT NULL AND NOT (shown = newest AND nth = 1) AND id NOT IN (" + withRow + ")";
    }

    private long number(String sql) {
        return database.first(sql, row -> row.getLong(1)).orElse(0L);
    }

    /**
     * Looks at the readings and changes none.
     *
     * @param limit how many examples to keep
     * @param missing hears the event of each reading that is to have the row of its second and has not
     * @return the conflicts
     */
    public Findings conflicts(int limit, LongConsumer missing) {
        find("");
        Findings.Collector conflicts = new Findings.Collector(limit);
        conflicts.looked(number("SELECT count(*) FROM reading_candidates"));
        database.forEach(
                "SELECT events_id FROM reading_candidates WHERE shown = newest AND nth = 1 AND id IS NULL"
                        + " ORDER BY events_id",
                row -> missing.accept(row.getLong(1)));
        database.forEach("""
                SELECT 'pump ' || pump_serial || ', ' || sensor || ', '
                       || strftime(timestamp AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ') || ': ' || shown || ' (event '
                       || sequence_group || '/' || sequence_number || ') was followed by ' || newest
                FROM reading_candidates WHERE shown <> newest AND nth = 1
                ORDER BY timestamp, sequence_group, sequence_number
                """, row -> conflicts.found(row.getString(1)));
        return conflicts.findings();
    }
}
