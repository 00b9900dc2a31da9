package io.github.tandemfetch.clock;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBAppender;

/**
 * How each pump's clock was set over its log. Every time in {@code events} and the domain tables is what this table
 * says; the two change in one transaction.
 */
public final class ClockTimelineTable {
    private static final String COLUMNS = """
            sequence_group, first_sequence_number, epoch_us(pump_from), epoch_us(pump_to), epoch_us(utc_from),
            epoch_us(utc_to), offset_ms, drift_rate, time_basis, cause, shift_ms, alternative_offset_ms
            """;

    private final Database database;

    /**
     * Gives access to the table of an open database.
     *
     * @param database the open database
     */
    public ClockTimelineTable(Database database) {
        this.database = database;
    }

    /**
     * A stretch of a pump's log with one way from its clock to UTC.
     *
     * @param sequenceGroup the sequence group
     * @param firstSequenceNumber where it begins; it ends where the group's next entry begins
     * @param pumpFrom what the clock showed at its beginning
     * @param pumpTo what the clock showed at its end
     * @param utcFrom when it began; null where that is not known
     * @param utcTo when it ended; null where that is not known
     * @param offsetMillis pump clock minus UTC at the beginning; null where that is not known
     * @param driftRate by how much the clock gained, milliseconds a millisecond
     * @param timeBasis how the offset was found
     * @param cause why it is another than before
     * @param shiftMillis by how much the clock was moved at the beginning; null where that is not known
     * @param alternativeOffsetMillis another offset that the log would allow; null where there is no doubt
     */
    public record Entry(
            long sequenceGroup,
            long firstSequenceNumber,
            LocalDateTime pumpFrom,
            LocalDateTime pumpTo,
            Instant utcFrom,
            Instant utcTo,
            Long offsetMillis,
            double driftRate,
            String timeBasis,
            String cause,
            Long shiftMillis,
            Long alternativeOffsetMillis) {}

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
     * @throws DatabaseException where the engine fails
     */
    public boolean exists() {
        return database.hasTable("clock_timeline");
    }

    /**
     * The pumps that have a timeline.
     *
     * @return their serial numbers, in order
     * @throws DatabaseException where the engine fails
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
     * @param pumpSerial the pump
     * @return the entries in the order of the log; none where the log was not looked at yet
     * @throws DatabaseException where the engine fails
     */
    public List<Entry> of(String pumpSerial) {
        List<Entry> entries = new ArrayList<>();
        database.forEach(
                "SELECT " + COLUMNS
                        + " FROM clock_timeline WHERE pump_serial = ? ORDER BY sequence_group, first_sequence_number",
                row -> entries.add(read(row)),
                pumpSerial);
        return entries;
    }

    /**
     * The timelines of all pumps.
     *
     * @return the entries in the order of the log, by serial number
     * @throws DatabaseException where the engine fails
     */
    public Map<String, List<Entry>> all() {
        Map<String, List<Entry>> timelines = new LinkedHashMap<>();
        database.forEach(
                "SELECT " + COLUMNS
                        + ", pump_serial FROM clock_timeline"
                        + " ORDER BY pump_serial, sequence_group, first_sequence_number",
                row -> timelines
                        .computeIfAbsent(row.getString(13), any -> new ArrayList<>())
                        .add(read(row)));
        return timelines;
    }

    /**
     * What a pump's timeline was made from.
     *
     * @param pumpSerial the pump
     * @return empty where there is no timeline yet
     * @throws DatabaseException where the engine fails
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
     * @param pumpSerial the pump
     * @param progress what was looked at
     * @throws DatabaseException where the engine fails
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
     * @param pumpSerial the pump
     * @param entries the new entries
     * @throws DatabaseException where the engine fails
     */
    public void replace(String pumpSerial, List<Entry> entries) {
        // Rows with an equal key may not be deleted and inserted in one transaction, so equal keys are updated.
        database.execute("CREATE OR REPLACE TEMP TABLE new_timeline AS FROM clock_timeline LIMIT 0");
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "new_timeline")) {
                for (Entry entry : entries) {
                    append(appender, pumpSerial, entry);
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
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

    private static void append(DuckDBAppender appender, String pumpSerial, Entry entry) throws SQLException {
        appender.beginRow();
        appender.append(pumpSerial);
        appender.append(entry.sequenceGroup());
        appender.append(entry.firstSequenceNumber());
        Micros.append(appender, entry.pumpFrom());
        Micros.append(appender, entry.pumpTo());
        Micros.append(appender, entry.utcFrom());
        Micros.append(appender, entry.utcTo());
        appender.append(entry.offsetMillis());
        appender.append(entry.driftRate());
        appender.append(entry.timeBasis());
        appender.append(entry.cause());
        appender.append(entry.shiftMillis());
        appender.append(entry.alternativeOffsetMillis());
        appender.endRow();
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong(1),
                row.getLong(2),
                Micros.localDateTime(row, 3),
                Micros.localDateTime(row, 4),
                instant(row, 5),
                instant(row, 6),
                row.getObject(7, Long.class),
                row.getDouble(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, Long.class),
                row.getObject(12, Long.class));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        LocalDateTime utc = Micros.localDateTime(row, column);
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC);
    }
}
