package io.github.tandemfetch.clock;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * How each pump's clock was set over its log. Every time in {@code events} and the domain tables is what this table
 * says; the two change in one transaction.
 */
public final class ClockTimelineTable {
    private static final String COLUMNS = """
            sequence_group, first_sequence_number, epoch_us(pump_from), epoch_us(pump_to), offset_ms, drift_rate,
            time_basis, cause, shift_ms, alternative_offset_ms
            """;

    private final Database database;

    public ClockTimelineTable(Database database) {
        this.database = database;
    }

    /**
     * What a pump's timeline was made from.
     *
     * @param lastRawId the greatest id among the raw events that were looked at
     * @param timezone the person's IANA time zone then
     */
    public record Progress(long lastRawId, String timezone) {}

    /**
     * Whether the table is in this database; one that is only read may be of an older version.
     *
     * @return true once a run of this version has written
     */
    public boolean exists() {
        return database.hasTable("clock_timeline");
    }

    /**
     * The pumps that have a timeline.
     *
     * @return their serial numbers, in order
     */
    public List<String> pumps() {
        List<String> pumps = new ArrayList<>();
        database.forEach(
                "SELECT DISTINCT pump_serial FROM clock_timeline ORDER BY pump_serial",
                row -> pumps.add(row.getString(1)));
        return pumps;
    }

    /**
     * A pump's timeline.
     *
     * @return the segments in the order of the log; none where the log was not looked at yet
     */
    public List<ClockSegment> of(String pumpSerial) {
        List<ClockSegment> segments = new ArrayList<>();
        database.forEach(
                "SELECT " + COLUMNS
                        + " FROM clock_timeline WHERE pump_serial = ? ORDER BY sequence_group, first_sequence_number",
                row -> segments.add(read(row)),
                pumpSerial);
        return segments;
    }

    /**
     * The timelines of all pumps.
     *
     * @return the segments in the order of the log, by serial number
     */
    public Map<String, List<ClockSegment>> all() {
        Map<String, List<ClockSegment>> timelines = new LinkedHashMap<>();
        database.forEach(
                "SELECT " + COLUMNS
                        + ", pump_serial FROM clock_timeline"
                        + " ORDER BY pump_serial, sequence_group, first_sequence_number",
                row -> timelines
                        .computeIfAbsent(row.getString(11), any -> new ArrayList<>())
                        .add(read(row)));
        return timelines;
    }

    /**
     * What a pump's timeline was made from.
     *
     * @return empty where there is no timeline yet
     */
    public Optional<Progress> progressOf(String pumpSerial) {
        return database.first(
                "SELECT raw_events_id, timezone FROM clock_progress WHERE pump_serial = ?",
                row -> new Progress(row.getLong(1), row.getString(2)),
                pumpSerial);
    }

    /**
     * Notes that a pump's raw events were looked at and its timeline stands. To be called in a transaction.
     *
     * @param progress what was looked at
     */
    public void lookedAt(String pumpSerial, Progress progress) {
        database.update("""
                INSERT INTO clock_progress VALUES (?, ?, ?)
                ON CONFLICT (pump_serial) DO UPDATE SET raw_events_id = excluded.raw_events_id,
                                                        timezone = excluded.timezone
                """, pumpSerial, progress.lastRawId(), progress.timezone());
    }

    /**
     * Replaces a pump's timeline. To be called in a transaction, with the rows that it times.
     *
     * @param segments the new segments
     */
    public void replace(String pumpSerial, List<ClockSegment> segments) {
        // Rows with an equal key may not be deleted and inserted in one transaction, so equal keys are updated.
        fillTemporary(pumpSerial, segments);
        database.update("""
                DELETE FROM clock_timeline
                WHERE pump_serial = ?
                  AND (sequence_group, first_sequence_number) NOT IN (
                      SELECT (sequence_group, first_sequence_number) FROM new_timeline)
                """, pumpSerial);
        database.execute("""
                INSERT INTO clock_timeline FROM new_timeline
                ON CONFLICT (pump_serial, sequence_group, first_sequence_number) DO UPDATE SET
                    pump_from = excluded.pump_from, pump_to = excluded.pump_to, utc_from = excluded.utc_from,
                    utc_to = excluded.utc_to, offset_ms = excluded.offset_ms, drift_rate = excluded.drift_rate,
                    time_basis = excluded.time_basis, cause = excluded.cause, shift_ms = excluded.shift_ms,
                    alternative_offset_ms = excluded.alternative_offset_ms
                """);
    }

    /**
     * Whether the stored timeline of a pump is this one, in every column.
     *
     * @param segments the timeline
     */
    public boolean holds(String pumpSerial, List<ClockSegment> segments) {
        fillTemporary(pumpSerial, segments);
        return database.first("""
                        SELECT count(*) = 0 FROM (
                            (FROM new_timeline EXCEPT ALL FROM clock_timeline WHERE pump_serial = $1)
                            UNION ALL
                            (FROM clock_timeline WHERE pump_serial = $1 EXCEPT ALL FROM new_timeline))
                        """, row -> row.getBoolean(1), pumpSerial).orElseThrow();
    }

    private void fillTemporary(String pumpSerial, List<ClockSegment> segments) {
        database.execute("CREATE OR REPLACE TEMP TABLE new_timeline AS FROM clock_timeline LIMIT 0");
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "new_timeline")) {
                for (ClockSegment segment : segments) {
                    append(appender, pumpSerial, segment);
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
    }

    private static void append(DuckDBAppender appender, String pumpSerial, ClockSegment segment) throws SQLException {
        appender.beginRow();
        appender.append(pumpSerial);
        appender.append(segment.group());
        appender.append(segment.firstNumber());
        Micros.append(appender, segment.wallStart());
        Micros.append(appender, segment.wallEnd());
        Micros.append(appender, segment.utcStart());
        Micros.append(appender, segment.utcEnd());
        appender.append(segment.offsetMillis());
        appender.append(segment.driftRate());
        appender.append(segment.basis().label());
        appender.append(segment.cause().label());
        appender.append(segment.shiftMillis());
        appender.append(segment.alternativeOffsetMillis());
        appender.endRow();
    }

    private static ClockSegment read(ResultSet row) throws SQLException {
        try {
            return new ClockSegment(
                    new SequencePosition(row.getLong(1), row.getLong(2)),
                    Micros.localDateTime(row, 3),
                    Micros.localDateTime(row, 4),
                    new ClockSegment.Offset(row.getObject(5, Long.class), row.getDouble(6)),
                    TimeBasis.ofLabel(row.getString(7)),
                    new ClockSegment.Change(
                            ClockCause.valueOf(row.getString(8).toUpperCase(Locale.ROOT)),
                            row.getObject(9, Long.class)),
                    row.getObject(10, Long.class));
        } catch (IllegalArgumentException e) {
            throw new DatabaseException(
                    DatabaseException.DAMAGED,
                    "The table clock_timeline has a time basis or a cause that tandem does not write.",
                    "Run 'tandem parse --rebuild', which derives all times from the raw events.",
                    e);
        }
    }
}
