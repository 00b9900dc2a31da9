package io.github.tandemfetch.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds sequence numbers that are missing within a pump's log. A log without gaps is the proof that no event is
 * missing; a gap may also be what the pump itself has lost.
 */
public final class SequenceGaps {
    private static final String GAPS = """
            FROM (
                SELECT pump_serial, sequence_group,
                       sequence_number + 1 AS first_missing,
                       lead(sequence_number) OVER log - 1 AS last_missing,
                       pump_timestamp AS time_before,
                       lead(pump_timestamp) OVER log AS time_after,
                       event_timestamp AS utc_before,
                       lead(event_timestamp) OVER log AS utc_after,
                       event_code AS code_before,
                       lead(event_code) OVER log AS code_after
                FROM raw_events WHERE pump_serial = ?
                WINDOW log AS (PARTITION BY sequence_group ORDER BY sequence_number)
            ) gap
            WHERE first_missing <= last_missing
            """;

    private static final String SEARCHED_AT = """
            (SELECT max(searched_at) FROM searched_gaps searched
             WHERE searched.pump_serial = gap.pump_serial
               AND searched.sequence_group = gap.sequence_group
               AND searched.first_missing <= gap.first_missing
               AND searched.last_missing >= gap.last_missing)
            """;

    // An event without a readable stamp may stand beside a gap.
    private static final String STAMP_BEFORE = """
            SELECT epoch_us(pump_timestamp) FROM raw_events
            WHERE pump_serial = ? AND sequence_group = ? AND sequence_number < ? AND pump_timestamp IS NOT NULL
            ORDER BY sequence_number DESC LIMIT 1
            """;

    private static final String STAMP_AFTER = """
            SELECT epoch_us(pump_timestamp) FROM raw_events
            WHERE pump_serial = ? AND sequence_group = ? AND sequence_number > ? AND pump_timestamp IS NOT NULL
            ORDER BY sequence_number LIMIT 1
            """;

    private final Database database;

    /**
     * Looks at an open database.
     *
     * @param database the open database
     */
    public SequenceGaps(Database database) {
        this.database = database;
    }

    /**
     * A stretch of missing sequence numbers.
     *
     * @param sequenceGroup the group they are missing from
     * @param firstMissing the first missing number
     * @param lastMissing the last missing number
     * @param timeBefore the pump's wall clock at the event before; null where that is not known
     * @param timeAfter the pump's wall clock at the event after; null where that is not known
     */
    public record Gap(
            long sequenceGroup,
            long firstMissing,
            long lastMissing,
            LocalDateTime timeBefore,
            LocalDateTime timeAfter) {

        /**
         * How many numbers are missing.
         *
         * @return at least 1
         */
        public long size() {
            return lastMissing - firstMissing + 1;
        }
    }

    /**
     * A gap with what is known around it.
     *
     * @param gap the gap
     * @param utcBefore the time of the event before, UTC; null where that is not known
     * @param utcAfter the time of the event after, UTC; null where that is not known
     * @param codeBefore the code of the event before
     * @param codeAfter the code of the event after
     * @param searchedAt when the service was last asked for all of it, UTC; null where it never was
     */
    public record KnownGap(
            Gap gap, Instant utcBefore, Instant utcAfter, int codeBefore, int codeAfter, Instant searchedAt) {}

    /**
     * The pumps that have raw events.
     *
     * @return their serial numbers, in order
     * @throws DatabaseException where the engine fails
     */
    public List<String> pumps() {
        List<String> pumps = new ArrayList<>();
        database.forEach(
                "SELECT DISTINCT pump_serial FROM raw_events ORDER BY pump_serial", row -> pumps.add(row.getString(1)));
        return pumps;
    }

    /**
     * Counts the raw events.
     *
     * @return the number, over all pumps
     * @throws DatabaseException where the engine fails
     */
    public long rawEvents() {
        return new RawEventTable(database).count();
    }

    /**
     * Where a pump's log ends.
     *
     * @param sequenceGroup the newest group
     * @param newest the latest time in it, UTC; null where none is known
     */
    public record LogEnd(long sequenceGroup, Instant newest) {}

    /**
     * The end of a pump's log.
     *
     * @param pumpSerial a pump that has raw events
     * @return its newest group and time
     * @throws DatabaseException where the engine fails
     */
    public LogEnd end(String pumpSerial) {
        return database.first(
                        "SELECT max(sequence_group), epoch_us(max(event_timestamp)) FROM raw_events WHERE pump_serial = ?",
                        row -> new LogEnd(row.getLong(1), Micros.instant(row, 2)),
                        pumpSerial)
                .orElseThrow();
    }

    /**
     * Every gap of a pump. Where the event beside a gap has no readable stamp, the next one that has stands for it.
     *
     * @param pumpSerial the pump
     * @return the gaps, in the order of the log
     * @throws DatabaseException where the engine fails
     */
    public List<KnownGap> all(String pumpSerial) {
        List<KnownGap> gaps = new ArrayList<>();
        database.forEach(
                "SELECT sequence_group, first_missing, last_missing, epoch_us(time_before), epoch_us(time_after),"
                        + " epoch_us(utc_before), epoch_us(utc_after), code_before, code_after, epoch_us("
                        + SEARCHED_AT + ") " + GAPS + " ORDER BY sequence_group, first_missing",
                row -> gaps.add(new KnownGap(
                        gap(row),
                        Micros.instant(row, 6),
                        Micros.instant(row, 7),
                        row.getInt(8),
                        row.getInt(9),
                        Micros.instant(row, 10))),
                pumpSerial);
        return gaps.stream()
                .map(known -> new KnownGap(
                        stamped(pumpSerial, known.gap()),
                        known.utcBefore(),
                        known.utcAfter(),
                        known.codeBefore(),
                        known.codeAfter(),
                        known.searchedAt()))
                .toList();
    }

    /**
     * The gaps of a pump that the service has not been asked for again.
     *
     * @param pumpSerial the pump
     * @return the gaps, in the order of the log
     * @throws DatabaseException where the engine fails
     */
    public List<Gap> notSearched(String pumpSerial) {
        if (missing(pumpSerial) == 0) {
            return List.of();
        }
        return all(pumpSerial).stream()
                .filter(known -> known.searchedAt() == null)
                .map(KnownGap::gap)
                .toList();
    }

    private static Gap gap(ResultSet row) throws SQLException {
        return new Gap(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                Micros.localDateTime(row, 4),
                Micros.localDateTime(row, 5));
    }

    private Gap stamped(String pumpSerial, Gap gap) {
        if (gap.timeBefore() != null && gap.timeAfter() != null) {
            return gap;
        }
        return new Gap(
                gap.sequenceGroup(),
                gap.firstMissing(),
                gap.lastMissing(),
                gap.timeBefore() != null
                        ? gap.timeBefore()
                        : stamp(STAMP_BEFORE, pumpSerial, gap.sequenceGroup(), gap.firstMissing()),
                gap.timeAfter() != null
                        ? gap.timeAfter()
                        : stamp(STAMP_AFTER, pumpSerial, gap.sequenceGroup(), gap.lastMissing()));
    }

    private LocalDateTime stamp(String sql, String pumpSerial, long group, long number) {
        return database.first(sql, row -> Micros.localDateTime(row, 1), pumpSerial, group, number)
                .orElse(null);
    }

    /**
     * Counts the sequence numbers that are missing.
     *
     * @return the number over all gaps of each pump that has events
     * @throws DatabaseException where the engine fails
     */
    public Map<String, Long> missing() {
        Map<String, Long> missing = new TreeMap<>();
        database.forEach("""
                SELECT pump_serial, sum(missing) FROM (
                    SELECT pump_serial, max(sequence_number) - min(sequence_number) + 1 - count(*) AS missing
                    FROM raw_events GROUP BY pump_serial, sequence_group
                ) GROUP BY pump_serial
                """, row -> missing.put(row.getString(1), row.getLong(2)));
        return missing;
    }

    /**
     * Counts the sequence numbers that are missing.
     *
     * @param pumpSerial the pump
     * @return the number, over all gaps
     * @throws DatabaseException where the engine fails
     */
    public long missing(String pumpSerial) {
        // No number is stored twice, so that nothing needs to be put in order for this.
        return database.first("""
                        SELECT coalesce(sum(missing), 0) FROM (
                            SELECT max(sequence_number) - min(sequence_number) + 1 - count(*) AS missing
                            FROM raw_events WHERE pump_serial = ? GROUP BY sequence_group
                        )
                        """, row -> row.getLong(1), pumpSerial).orElse(0L);
    }

    /**
     * Notes that the service was asked for these gaps once more, and had none of their events.
     *
     * @param pumpSerial the pump
     * @param gaps the gaps
     * @param at when it was asked
     * @throws DatabaseException where the engine fails
     */
    public void searched(String pumpSerial, List<Gap> gaps, Instant at) {
        for (Gap gap : gaps) {
            database.update(
                    """
                    INSERT INTO searched_gaps VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET searched_at = excluded.searched_at
                    """,
                    pumpSerial,
                    gap.sequenceGroup(),
                    gap.firstMissing(),
                    gap.lastMissing(),
                    at.atOffset(ZoneOffset.UTC));
        }
    }
}
