package io.github.tandemfetch.history;

import io.github.tandemfetch.history.RawEventStaging.NumberRange;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds events whose sequence number cannot be right. A pump writes a few thousand events a day; where a log leaps by
 * more than a million numbers, and by more than one for every five seconds between the newest stamps on both sides, and
 * only a few events lie behind the leap, their numbers are wrong. Stored, they would stand at the end of the log and move the times of all
 * others.
 */
final class ImplausibleNumbers {
    static final String REASON = "has a sequence number that is far from those of the log it is in";

    /** What a pump's log cannot hold: numbers of 32 bits, in groups that count how often it began anew. */
    static final String OUT_OF_RANGE =
            "sequence_number NOT BETWEEN 0 AND 4294967295 OR sequence_group NOT BETWEEN 0 AND 65535";

    /** Forty years of the busiest pump; a log that is said to have more is looked at. */
    private static final long MOST_EVENTS = 100_000_000;

    private static final long LEAP = 1_000_000;

    /** Three times as many as the busiest pump writes. */
    private static final int SECONDS_OF_AN_EVENT = 5;

    /** So many events make a log; in the answer for the next day a log that really began anew has them. */
    private static final int EVENTS_OF_A_LOG = 100;

    /** What is stored of a group counts as one stretch of the log. */
    private static final String FIND = """
            CREATE OR REPLACE TEMP TABLE implausible_events AS
            WITH stored AS (
                SELECT sequence_group, count(*) AS events, min(sequence_number) AS first_number,
                       max(sequence_number) AS last_number, max(pump_timestamp) AS newest
                FROM {stored}
                WHERE pump_serial = ? AND sequence_group IN (SELECT sequence_group FROM {events})
                GROUP BY sequence_group
            ), positions AS (
                SELECT key, sequence_group, sequence_number, pump_timestamp, 1 AS events
                FROM {events} event LEFT JOIN stored USING (sequence_group)
                WHERE stored.events IS NULL OR sequence_number < first_number OR sequence_number > last_number
                UNION ALL
                SELECT NULL, sequence_group, first_number, newest, events FROM stored
                UNION ALL
                SELECT NULL, sequence_group, last_number, newest, 0 FROM stored
            ), steps AS (
                SELECT *, coalesce(sequence_number - lag(sequence_number) OVER log > {leap}
                                   AND (key IS NOT NULL OR lag(key) OVER log IS NOT NULL), false) AS leap
                FROM positions
                WINDOW log AS (PARTITION BY sequence_group ORDER BY sequence_number, key NULLS FIRST)
            ), placed AS (
                SELECT *, count(*) FILTER (leap) OVER (
                    PARTITION BY sequence_group ORDER BY sequence_number, key NULLS FIRST
                    ROWS UNBOUNDED PRECEDING) AS piece
                FROM steps
            ), pieces AS (
                SELECT sequence_group, piece, sum(events) AS events, min(sequence_number) AS first_number,
                       max(sequence_number) AS last_number, epoch(max(pump_timestamp)) AS newest
                FROM placed GROUP BY sequence_group, piece
            ), joined AS (
                SELECT sequence_group, piece, events,
                       count(*) FILTER (apart) OVER (
                           PARTITION BY sequence_group ORDER BY piece ROWS UNBOUNDED PRECEDING) AS log
                FROM (
                    SELECT *, coalesce(first_number - lag(last_number) OVER log
                                       > coalesce(newest - lag(newest) OVER log, 0) / {seconds}, false) AS apart
                    FROM pieces WINDOW log AS (PARTITION BY sequence_group ORDER BY piece)
                )
            ), logs AS (
                SELECT sequence_group, log, sum(events) AS events,
                       row_number() OVER (PARTITION BY sequence_group ORDER BY sum(events) DESC, log) AS rank
                FROM joined GROUP BY sequence_group, log
            )
            SELECT placed.key FROM placed
            JOIN joined USING (sequence_group, piece) JOIN logs USING (sequence_group, log)
            WHERE rank > 1 AND logs.events < {few} AND placed.key IS NOT NULL
            """;

    private final Database database;

    ImplausibleNumbers(Database database) {
        this.database = database;
    }

    void reject(RawEventStaging staging, String pumpSerial) {
        NumberRange numbers = staging.all();
        if (numbers.highest() - numbers.lowest() <= LEAP && isNearTheLog(numbers, pumpSerial)) {
            return;
        }
        String staged = "(SELECT arrival AS key, sequence_group, sequence_number, pump_timestamp FROM "
                + staging.tableName() + ")";
        database.update(find(staged, "raw_events"), pumpSerial);
        boolean none = database.first("SELECT 1 FROM implausible_events LIMIT 1", row -> row.getInt(1))
                .isEmpty();
        if (!none) {
            staging.reject(database, REASON, "arrival IN (SELECT key FROM implausible_events)");
        }
    }

    /**
     * Finds those that an older version stored, numbers that no pump has among them.
     *
     * @return whether there are any; they are in the table {@code implausible_stored} then, by their ids
     */
    boolean findStored() {
        List<String> pumps = new ArrayList<>();
        database.forEach(
                "SELECT DISTINCT pump_serial FROM raw_events WHERE " + OUT_OF_RANGE + " OR sequence_number > "
                        + MOST_EVENTS,
                row -> pumps.add(row.getString(1)));
        if (pumps.isEmpty()) {
            return false;
        }
        database.execute(
                "CREATE OR REPLACE TEMP TABLE implausible_stored AS SELECT id FROM raw_events WHERE " + OUT_OF_RANGE);
        for (String pump : pumps) {
            String log = "(SELECT id AS key, sequence_group, sequence_number, pump_timestamp FROM raw_events"
                    + " WHERE pump_serial = " + Literal.of(pump) + " AND NOT (" + OUT_OF_RANGE + "))";
            database.update(find(log, "(FROM raw_events LIMIT 0)"), pump);
            database.execute("INSERT INTO implausible_stored SELECT key FROM implausible_events");
        }
        return database.first("SELECT 1 FROM implausible_stored LIMIT 1", row -> row.getInt(1))
                .isPresent();
    }

    private static String find(String events, String stored) {
        return FIND.replace("{events}", events)
                .replace("{stored}", stored)
                .replace("{leap}", Long.toString(LEAP))
                .replace("{seconds}", Integer.toString(SECONDS_OF_AN_EVENT))
                .replace("{few}", Integer.toString(EVENTS_OF_A_LOG));
    }

    /** Nearly always so; the engine need then look at a few rows only. */
    private boolean isNearTheLog(NumberRange numbers, String pumpSerial) {
        return numbers.highest() < numbers.lowest()
                || database.first(
                                "SELECT 1 FROM raw_events WHERE pump_serial = ?"
                                        + " AND sequence_number BETWEEN ? AND ? LIMIT 1",
                                row -> row.getInt(1),
                                pumpSerial,
                                numbers.lowest() - LEAP,
                                numbers.highest() + LEAP)
                        .isPresent()
                || database.first(
                                "SELECT 1 FROM raw_events WHERE pump_serial = ? LIMIT 1",
                                row -> row.getInt(1),
                                pumpSerial)
                        .isEmpty();
    }
}
