package io.github.tandemfetch.clock;

import io.github.tandemfetch.history.EventCodes;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.RawEventTable.RawEvent;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the raw events tell about the pumps' clocks; few rows, however many events there are. */
public final class ClockLog {
    private final Database database;

    /** Looks at the raw events of an open database. */
    public ClockLog(Database database) {
        this.database = database;
    }

    /**
     * How far a pump's raw events reach.
     *
     * @param lastId the greatest id among its raw events
     */
    public record Extent(String pumpSerial, long lastId) {}

    /**
     * The pumps that have raw events.
     *
     * @return each with its newest raw event, by serial number
     */
    public List<Extent> extents() {
        List<Extent> extents = new ArrayList<>();
        database.forEach(
                "SELECT pump_serial, max(id) FROM raw_events GROUP BY pump_serial ORDER BY pump_serial",
                row -> extents.add(new Extent(row.getString(1), row.getLong(2))));
        return extents;
    }

    /**
     * The ends of each sequence group.
     *
     * @return the groups in order, without those in which no event has a stamp
     */
    public List<LogSpan> spans(String pumpSerial) {
        List<LogSpan> spans = new ArrayList<>();
        database.forEach(
                """
                SELECT sequence_group,
                       min(sequence_number), epoch_us(arg_min(pump_timestamp, sequence_number)),
                       max(sequence_number), epoch_us(arg_max(pump_timestamp, sequence_number))
                FROM raw_events WHERE pump_serial = ? AND pump_timestamp IS NOT NULL
                GROUP BY sequence_group ORDER BY sequence_group
                """,
                row -> spans.add(new LogSpan(
                        row.getLong(1),
                        row.getLong(2),
                        Micros.localDateTime(row, 3),
                        row.getLong(4),
                        Micros.localDateTime(row, 5))),
                pumpSerial);
        return spans;
    }

    /**
     * The events of some codes, in sequence order.
     *
     * @param eventCodes the codes of clock changes
     * @return the raw events
     */
    public List<RawEvent> changes(String pumpSerial, Collection<Integer> eventCodes) {
        List<RawEvent> changes = new ArrayList<>();
        database.forEach(
                "SELECT " + RawEventTable.RAW_EVENT_COLUMNS
                        + " FROM raw_events WHERE pump_serial = ? AND event_code IN (" + EventCodes.list(eventCodes)
                        + ") ORDER BY sequence_group, sequence_number",
                row -> changes.add(RawEventTable.read(row)),
                pumpSerial);
        return changes;
    }

    /**
     * The neighbors of a log between which something may have happened to the clock: one of them is a clock change, or
     * the stamp goes back, or the log was silent for long. Events without a stamp are passed over, clock changes are not.
     *
     * @param eventCodes the codes of clock changes
     * @param silence how long a silence is told
     * @return the steps in sequence order
     */
    public List<LogStep> steps(String pumpSerial, Collection<Integer> eventCodes, Duration silence) {
        List<LogStep> steps = new ArrayList<>();
        database.forEach(
                """
                SELECT sequence_group, number_before, epoch_us(wall_before), sequence_number, epoch_us(pump_timestamp),
                       is_change OR change_before
                FROM (
                    SELECT sequence_group, sequence_number, pump_timestamp, is_change,
                           lag(sequence_number) OVER log AS number_before,
                           lag(pump_timestamp) OVER log AS wall_before,
                           lag(is_change) OVER log AS change_before
                    FROM (
                        SELECT sequence_group, sequence_number, pump_timestamp, event_code IN (%s) AS is_change
                        FROM raw_events WHERE pump_serial = ?
                    )
                    WHERE is_change OR pump_timestamp IS NOT NULL
                    WINDOW log AS (PARTITION BY sequence_group ORDER BY sequence_number)
                )
                WHERE number_before IS NOT NULL
                  AND (is_change OR change_before
                       OR pump_timestamp < wall_before
                       OR pump_timestamp >= wall_before + to_seconds(?))
                ORDER BY sequence_group, sequence_number
                """.formatted(EventCodes.list(eventCodes)),
                row -> steps.add(new LogStep(
                        row.getLong(1),
                        row.getLong(2),
                        Micros.localDateTime(row, 3),
                        row.getLong(4),
                        Micros.localDateTime(row, 5),
                        row.getBoolean(6))),
                pumpSerial,
                silence.toSeconds());
        return steps;
    }
}
