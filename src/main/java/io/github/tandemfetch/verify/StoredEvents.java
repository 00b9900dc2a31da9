package io.github.tandemfetch.verify;

import io.github.tandemfetch.history.RawEventTable.RawEvent;
import io.github.tandemfetch.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Raw events side by side with the events that were made of them. */
public final class StoredEvents {
    // The driver takes twice as long to hand out a text as to hand out its bytes.
    private static final String PAIRS = """
            SELECT raw.id, raw.pump_serial, raw.sequence_group, raw.sequence_number, raw.event_code,
                   epoch_us(raw.pump_timestamp), encode(raw.raw_event_data::VARCHAR),
                   event.id, event.event_id, event.event_name, epoch_us(event.timestamp), event.time_basis,
                   encode(event.event_data::VARCHAR),
                   event.pump_serial = raw.pump_serial
                       AND event.sequence_group = raw.sequence_group
                       AND event.sequence_number = raw.sequence_number
                       AND event.event_id = raw.event_code
                       AND event.pump_timestamp IS NOT DISTINCT FROM raw.pump_timestamp,
                   event.timestamp IS NOT DISTINCT FROM raw.event_timestamp
            FROM (FROM raw_events WHERE id BETWEEN ? AND ?) raw
            LEFT JOIN (FROM events WHERE raw_events_id BETWEEN ? AND ?) event ON event.raw_events_id = raw.id
            """;

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final Database database;

    public StoredEvents(Database database) {
        this.database = database;
    }

    /**
     * Where the raw events are.
     *
     * @param count how many there are
     * @param firstId the least id; 0 where there is none
     * @param lastId the greatest id; 0 where there is none
     */
    public record Extent(long count, long firstId, long lastId) {}

    /**
     * A stored event.
     *
     * @param id the row's id
     * @param eventName its name
     * @param timestamp when it happened, UTC; null where that is not known
     * @param timeBasis how the time was found
     * @param eventData its properties and labels, in UTF-8
     * @param sameOrigin whether pump, position, code and stamp are those of the raw event
     * @param sameTime whether the raw event has the same UTC time
     */
    public record StoredEvent(
            long id,
            String eventName,
            Instant timestamp,
            String timeBasis,
            byte[] eventData,
            boolean sameOrigin,
            boolean sameTime) {}

    /**
     * A raw event and what was made of it.
     *
     * @param raw the raw event
     * @param event the event; null where it has none
     */
    public record Pair(RawEvent raw, StoredEvent event) {}

    /**
     * Where the raw events are.
     *
     * @return the extent of their ids
     */
    public Extent extent() {
        return database.first(
                        "SELECT count(*), coalesce(min(id), 0), coalesce(max(id), 0) FROM raw_events",
                        row -> new Extent(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
    }

    /**
     * The raw events of a stretch of ids.
     *
     * @param firstId the first id
     * @param lastId the last id
     * @return each with its event
     */
    public List<Pair> between(long firstId, long lastId) {
        List<Pair> pairs = new ArrayList<>();
        database.forEach(PAIRS, row -> pairs.add(read(row)), firstId, lastId, firstId, lastId);
        return pairs;
    }

    private static Pair read(ResultSet row) throws SQLException {
        RawEvent raw = new RawEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                wallClock(row, 6),
                row.getBytes(7));
        long id = row.getLong(8);
        if (row.wasNull()) {
            return new Pair(raw, null);
        }
        LocalDateTime utc = wallClock(row, 11);
        return new Pair(
                raw,
                new StoredEvent(
                        id,
                        row.getString(10),
                        utc == null ? null : utc.toInstant(ZoneOffset.UTC),
                        row.getString(12),
                        row.getBytes(13),
                        row.getBoolean(14),
                        row.getBoolean(15)));
    }

    private static LocalDateTime wallClock(ResultSet row, int column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull()
                ? null
                : LocalDateTime.ofEpochSecond(
                        Math.floorDiv(micros, MICROS_PER_SECOND),
                        (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1000,
                        ZoneOffset.UTC);
    }
}
