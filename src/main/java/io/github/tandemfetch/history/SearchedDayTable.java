package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Which days the service has answered whole, at which upload of the pump. A day counts where its answer had every event
 * that is stored for it; how many these are is noted too, so that events that vanish from the database reopen the day.
 */
public final class SearchedDayTable {
    private static final String FIND_WHOLE = """
            CREATE OR REPLACE TEMP TABLE answered_days AS
            SELECT asked.day, coalesce(stored.events, 0) AS events
            FROM (SELECT unnest(generate_series(?::TIMESTAMP, ?::TIMESTAMP, INTERVAL 1 DAY))::DATE AS day) asked
            LEFT JOIN (
                SELECT known.pump_timestamp::DATE AS day, count(*) AS events,
                       count(*) FILTER (known.event_code NOT IN (13, 14) AND answer.arrival IS NULL) AS lacking
                FROM raw_events known
                LEFT JOIN (
                    SELECT sequence_group, sequence_number, min(arrival) AS arrival FROM {staged} GROUP BY ALL
                ) answer USING (sequence_group, sequence_number)
                WHERE known.pump_serial = ? AND known.device_assignment_id = ?
                  AND known.pump_timestamp >= ? AND known.pump_timestamp < ?
                GROUP BY 1
            ) stored USING (day)
            WHERE coalesce(stored.lacking, 0) = 0
            """;

    /** Asked on another day and nothing new: one more attempt, which makes the next one wait longer. */
    private static final String INSERT = """
            INSERT INTO searched_days
            SELECT ?, ?, day, ?, ?,
                   CASE WHEN before.day IS NULL OR answered_days.events > before.events THEN 0
                        WHEN before.searched_at > ?::TIMESTAMPTZ - INTERVAL 20 HOUR THEN before.attempts
                        ELSE before.attempts + 1 END,
                   answered_days.events
            FROM answered_days LEFT JOIN replaced_days before USING (day)
            """;

    private static final String OF_PUMP = " WHERE pump_serial = ? AND device_assignment_id = ?";

    private final Database database;

    public SearchedDayTable(Database database) {
        this.database = database;
    }

    /**
     * Who was asked for what.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param upload the pump's last upload when it was asked, UTC; null where the service does not say
     * @param at when it was asked
     */
    public record Search(String pumpSerial, String deviceAssignmentId, Instant upload, Instant at) {}

    /**
     * Notes the days of a window that were answered whole. To be called in the transaction in which the answer is
     * merged, after that.
     *
     * @param search who was asked
     * @param first the first day of the window
     * @param last the last day of the window
     * @param staging the answer
     */
    public void answered(Search search, LocalDate first, LocalDate last, RawEventStaging staging) {
        note(search, first, last, staging.tableName());
    }

    /**
     * Notes that the service had no event on the days of a window. A day of which events are stored is not noted.
     *
     * @param search who was asked
     * @param first the first day of the window
     * @param last the last day of the window
     */
    public void answeredEmpty(Search search, LocalDate first, LocalDate last) {
        note(search, first, last, """
                (SELECT NULL::BIGINT AS sequence_group, NULL::BIGINT AS sequence_number, NULL::BIGINT AS arrival
                 WHERE false)""");
    }

    private void note(Search search, LocalDate first, LocalDate last, String staged) {
        OffsetDateTime at = search.at().atOffset(ZoneOffset.UTC);
        database.update(
                FIND_WHOLE.replace("{staged}", staged),
                first.atStartOfDay(),
                last.atStartOfDay(),
                search.pumpSerial(),
                search.deviceAssignmentId(),
                first.atStartOfDay(),
                last.plusDays(1).atStartOfDay());
        database.update(
                "CREATE OR REPLACE TEMP TABLE replaced_days AS SELECT day, searched_at, attempts, events"
                        + " FROM searched_days SEMI JOIN answered_days USING (day)" + OF_PUMP,
                search.pumpSerial(),
                search.deviceAssignmentId());
        database.update(
                "DELETE FROM searched_days" + OF_PUMP + " AND day IN (SELECT day FROM replaced_days)",
                search.pumpSerial(),
                search.deviceAssignmentId());
        database.update(
                INSERT,
                search.pumpSerial(),
                search.deviceAssignmentId(),
                search.upload() == null ? null : search.upload().atOffset(ZoneOffset.UTC),
                at,
                at);
    }
}
