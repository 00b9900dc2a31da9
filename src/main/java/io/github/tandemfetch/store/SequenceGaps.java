package io.github.tandemfetch.store;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

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
                       lead(pump_timestamp) OVER log AS time_after
                FROM raw_events WHERE pump_serial = ?
                WINDOW log AS (PARTITION BY sequence_group ORDER BY sequence_number)
            ) gap
            WHERE first_missing <= last_missing
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
        List<Gap> gaps = new ArrayList<>();
        database.forEach(
                "SELECT sequence_group, first_missing, last_missing, epoch_us(time_before), epoch_us(time_after) "
                        + GAPS
                        + """
                         AND NOT EXISTS (
                            SELECT 1 FROM searched_gaps searched
                            WHERE searched.pump_serial = gap.pump_serial
                              AND searched.sequence_group = gap.sequence_group
                              AND searched.first_missing <= gap.first_missing
                              AND searched.last_missing >= gap.last_missing
                        )
                        ORDER BY sequence_group, first_missing
                        """,
                row -> gaps.add(new Gap(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        Micros.localDateTime(row, 4),
                        Micros.localDateTime(row, 5))),
                pumpSerial);
        return gaps;
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
     * Notes that the service was asked for these gaps once more.
     *
     * @param pumpSerial the pump
     * @param gaps the gaps
     * @param at when it was asked
     * @throws DatabaseException where the engine fails
     */
    public void searched(String pumpSerial, List<Gap> gaps, Instant at) {
        for (Gap gap : gaps) {
            database.update(
                    "INSERT OR IGNORE INTO searched_gaps VALUES (?, ?, ?, ?, ?)",
                    pumpSerial,
                    gap.sequenceGroup(),
                    gap.firstMissing(),
                    gap.lastMissing(),
                    at.atOffset(ZoneOffset.UTC));
        }
    }
}
