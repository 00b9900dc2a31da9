package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The days of raw events that lack something: a stamp that can be read, or properties where others of their code have
 * some. The service may send them whole when it is asked again.
 */
public final class IncompleteEvents {
    /** Where the stamps beside are of a lost clock, the days between them tell nothing. */
    private static final String FIND_SPANS = """
            CREATE OR REPLACE TEMP TABLE incomplete_spans AS
            WITH lacking AS (
                SELECT sequence_group, sequence_number FROM raw_events WHERE pump_serial = ? AND pump_timestamp IS NULL
            ), stamped AS (
                SELECT sequence_group, sequence_number, pump_timestamp::DATE AS day
                FROM raw_events WHERE pump_serial = ? AND pump_timestamp IS NOT NULL
            ), beside AS (
                SELECT DISTINCT coalesce(earlier.day, later.day) AS before, coalesce(later.day, earlier.day) AS after
                FROM lacking
                ASOF LEFT JOIN stamped earlier
                  ON earlier.sequence_group = lacking.sequence_group
                 AND lacking.sequence_number > earlier.sequence_number
                ASOF LEFT JOIN stamped later
                  ON later.sequence_group = lacking.sequence_group AND lacking.sequence_number < later.sequence_number
            )
            SELECT before - 1 AS from_day, after + 1 AS to_day FROM beside
            WHERE before <= after AND before >= DATE '2010-01-01'
            UNION ALL
            SELECT unnest([before, after]) - 1, unnest([before, after]) + 1 FROM beside
            WHERE before > after OR before < DATE '2010-01-01'
            UNION ALL
            SELECT DATE '2007-12-31', DATE '9999-12-31' FROM beside WHERE before IS NULL
            """;

    private static final String ADD_WITHOUT_PROPERTIES = """
            INSERT INTO incomplete_spans
            WITH judged AS (
                SELECT event_code, pump_timestamp::DATE AS day,
                       CASE WHEN json_valid(raw_event_data::VARCHAR)
                            THEN coalesce(len(json_keys(raw_event_data, '$.eventProperties')), 0) > 0
                            ELSE true END AS whole
                FROM raw_events WHERE pump_serial = ? AND pump_timestamp IS NOT NULL
            )
            SELECT DISTINCT day, day FROM judged
            WHERE NOT whole AND event_code IN (SELECT event_code FROM judged WHERE whole)
            """;

    private static final String DAYS = """
            SELECT DISTINCT searched.day
            FROM searched_days searched JOIN incomplete_spans ON searched.day BETWEEN from_day AND to_day
            WHERE searched.pump_serial = ? AND searched.device_assignment_id = ?
            """;

    private final Database database;
    private final String pumpSerial;

    /** Looks at the raw events of a pump. */
    public IncompleteEvents(Database database, String pumpSerial) {
        this.database = database;
        this.pumpSerial = pumpSerial;
    }

    /**
     * The days on which events without a readable stamp lie, and for which the service has not been asked since the
     * pump's last upload; after searches in vain at growing intervals.
     *
     * @param deviceAssignmentId the assignment
     * @param upload the pump's last upload, UTC; null where the service does not say
     * @param now the time
     * @return the days in order
     */
    public List<LocalDate> dueDays(String deviceAssignmentId, Instant upload, Instant now) {
        if (!lackStamps()) {
            return List.of();
        }
        findSpans();
        return days(
                DAYS + """
                  AND searched.upload IS DISTINCT FROM ?::TIMESTAMPTZ
                  AND (searched.attempts = 0 OR searched_at + to_days(1 << least(attempts, 5)) <= ?::TIMESTAMPTZ)
                ORDER BY day
                """,
                pumpSerial,
                deviceAssignmentId,
                upload == null ? null : upload.atOffset(ZoneOffset.UTC),
                now.atOffset(ZoneOffset.UTC));
    }

    /**
     * All days on which incomplete events lie.
     *
     * @param deviceAssignmentId the assignment
     * @return the days in order
     */
    public List<LocalDate> allDays(String deviceAssignmentId) {
        findSpans();
        database.update(ADD_WITHOUT_PROPERTIES, pumpSerial);
        return days(DAYS + "ORDER BY day", pumpSerial, deviceAssignmentId);
    }

    /**
     * Whether there are events without a readable stamp.
     *
     * @return true where there is one
     */
    public boolean lackStamps() {
        return database.first(
                        "SELECT 1 FROM raw_events WHERE pump_serial = ? AND pump_timestamp IS NULL LIMIT 1",
                        row -> row.getInt(1),
                        pumpSerial)
                .isPresent();
    }

    private void findSpans() {
        database.update(FIND_SPANS, pumpSerial, pumpSerial);
    }

    private List<LocalDate> days(String sql, Object... values) {
        List<LocalDate> days = new ArrayList<>();
        database.forEach(sql, row -> days.add(row.getObject(1, LocalDate.class)), values);
        return days;
    }
}
