package io.github.tandemfetch.domain;

import io.github.tandemfetch.history.EventCodes;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** The glucose readings, one for each event that carries a shown one. */
final class CgmReadingTable {
    private final Database database;

    public CgmReadingTable(Database database) {
        this.database = database;
    }

    /**
     * The properties of an event that carries a glucose reading.
     *
     * @param eventsId the event's row
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode tells the sensor
     * @param status {@code glucoseValueStatus}; null where the event has none, not a number where it is none
     * @param value {@code currentGlucoseDisplayValue}, mg/dL, likewise
     * @param readingSeconds {@code egvTimeStamp}, seconds since 2008 on the pump's clock; null where the event has none
     * @param rate {@code rate}, tenths of mg/dL/min; null where the event has none
     * @param backfilled whether {@code cgmDataType} marks the reading as delivered late
     * @param loggedAt when the pump logged it, on the pump's clock; null where that is not known
     */
    public record CgmEvent(
            long eventsId,
            String pumpSerial,
            long sequenceGroup,
            long sequenceNumber,
            int eventCode,
            Double status,
            Double value,
            Long readingSeconds,
            Double rate,
            boolean backfilled,
            LocalDateTime loggedAt) {}

    /**
     * A glucose reading.
     *
     * @param eventsId the event it comes from
     * @param timestamp when it was taken, UTC; null where that is not known
     * @param mgPerDl the number shown, mg/dL; null where Low or High was shown
     * @param status {@code value}, {@code low} or {@code high}
     * @param reportedValue the number in the event, mg/dL; null where there is none
     * @param rateOfChange mg/dL/min; null where the event has none
     * @param backfilled whether it was delivered late
     * @param sensor the kind of sensor
     * @param pumpTimestamp when it was taken, on the pump's clock; null where that is not known
     * @param timeBasis how the UTC time was found
     */
    public record CgmReading(
            long eventsId,
            Instant timestamp,
            Integer mgPerDl,
            String status,
            Integer reportedValue,
            Double rateOfChange,
            boolean backfilled,
            String sensor,
            String pumpSerial,
            LocalDateTime pumpTimestamp,
            String timeBasis) {

        /**
         * What makes it one reading, however often it was logged.
         *
         * @return pump, sensor and time
         */
        public Key key() {
            return new Key(pumpSerial, sensor, timestamp);
        }
    }

    /**
     * What makes a reading one reading.
     *
     * @param sensor the kind of sensor
     * @param timestamp when it was taken, UTC
     */
    public record Key(String pumpSerial, String sensor, Instant timestamp) {}

    /**
     * An event that may carry a reading, and the reading that is stored for it.
     *
     * @param event the event
     * @param stored its reading; null where it has none
     */
    public record StoredPair(CgmEvent event, CgmReading stored) {}

    /**
     * The events of a stretch that may carry a reading, whether they have one or not.
     *
     * @param eventCodes the codes of events that carry glucose readings
     * @param afterEventsId only events with a greater id
     * @param lastEventsId and none with an id greater than this
     * @return each event with the reading that is stored for it
     */
    public List<StoredPair> between(Collection<Integer> eventCodes, long afterEventsId, long lastEventsId) {
        List<StoredPair> pairs = new ArrayList<>();
        database.forEach(
                """
                SELECT event.id, event.pump_serial, sequence_group, sequence_number, event_id,
                       data[1] IS NOT NULL, TRY_CAST(data[1] AS DOUBLE), data[2] IS NOT NULL, TRY_CAST(data[2] AS DOUBLE),
                       TRY_CAST(data[3] AS BIGINT),
                       TRY_CAST(data[4] AS DOUBLE),
                       coalesce(list_contains(TRY_CAST(data[5] AS INTEGER[]), 1), false),
                       epoch_us(event.pump_timestamp),
                       reading.events_id, epoch_us(reading.timestamp), cgm_reading, status, reported_value,
                       rate_of_change, backfilled, sensor, reading.pump_serial, epoch_us(reading.pump_timestamp),
                       reading.time_basis
                FROM (
                    SELECT *, TRY(json_extract_string(event_data, [
                        '$.glucoseValueStatus', '$.currentGlucoseDisplayValue', '$.egvTimeStamp', '$.rate',
                        '$.cgmDataType'])) AS data
                    FROM events WHERE id > ? AND id <= ? AND event_id IN (%s)
                ) event
                LEFT JOIN (FROM {readings} WHERE events_id > ? AND events_id <= ?) reading
                  ON reading.events_id = event.id
                ORDER BY event.id
                """.formatted(EventCodes.list(eventCodes)).replace("{readings}", CgmReadings.NAME),
                row -> pairs.add(new StoredPair(read(row), readStored(row))),
                afterEventsId,
                lastEventsId,
                afterEventsId,
                lastEventsId);
        return pairs;
    }

    /**
     * Readings of events that are there and carry none.
     *
     * @param eventCodes the codes of events that carry glucose readings
     * @return the ids of the readings
     */
    public List<Long> ofOtherEvents(Collection<Integer> eventCodes) {
        List<Long> ids = new ArrayList<>();
        database.forEach(
                "SELECT reading.id FROM " + CgmReadings.NAME + " reading JOIN events ON events.id = reading.events_id"
                        + " WHERE events.event_id NOT IN (" + EventCodes.list(eventCodes) + ") ORDER BY reading.id",
                row -> ids.add(row.getLong(1)));
        return ids;
    }

    private static CgmReading readStored(ResultSet row) throws SQLException {
        long eventsId = row.getLong(14);
        if (row.wasNull()) {
            return null;
        }
        return new CgmReading(
                eventsId,
                Micros.instant(row, 15),
                row.getObject(16, Integer.class),
                row.getString(17),
                row.getObject(18, Integer.class),
                row.getObject(19, Double.class),
                row.getBoolean(20),
                row.getString(21),
                row.getString(22),
                Micros.localDateTime(row, 23),
                row.getString(24));
    }

    /**
     * Up to where the events have been looked through, as far as the readings tell.
     *
     * @return the greatest id of an event that has a reading; 0 where there is no reading
     */
    public long lastEventsId() {
        return database.first("SELECT coalesce(max(events_id), 0) FROM " + CgmReadings.NAME, row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * The newest row.
     *
     * @return the greatest id of a reading; 0 where there is none
     */
    public long lastId() {
        return database.first("SELECT coalesce(max(id), 0) FROM " + CgmReadings.NAME, row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * Whether there is no reading yet.
     *
     * @return true for an empty table
     */
    public boolean isEmpty() {
        return database.first("SELECT 1 FROM " + CgmReadings.NAME + " LIMIT 1", row -> row.getInt(1))
                .isEmpty();
    }

    /**
     * Which readings are stored already, maybe from another event.
     *
     * @param readings readings that are to be stored
     * @return the keys that are there
     */
    public List<Key> stored(List<CgmReading> readings) {
        database.execute("CREATE OR REPLACE TEMP TABLE reading_times (timestamp TIMESTAMPTZ)");
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "reading_times")) {
                for (CgmReading reading : readings) {
                    appender.beginRow();
                    Micros.append(appender, reading.timestamp());
                    appender.endRow();
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
        List<Key> stored = new ArrayList<>();
        database.forEach(
                """
                SELECT pump_serial, sensor, epoch_us(timestamp) FROM {readings}
                SEMI JOIN reading_times USING (timestamp)
                """.replace("{readings}", CgmReadings.NAME),
                row -> stored.add(new Key(
                        row.getString(1),
                        row.getString(2),
                        Micros.localDateTime(row, 3).toInstant(java.time.ZoneOffset.UTC))));
        return stored;
    }

    /**
     * Notes which events of some codes have no reading yet; {@link #pendingAfter} then hands them out.
     *
     * @param eventCodes the codes of events that carry glucose readings
     * @return how many there are
     */
    public long findPending(Collection<Integer> eventCodes) {
        return findPending(eventCodes, "");
    }

    /**
     * Notes the first events of some codes that have no reading yet, as {@link #findPending(Collection)} does.
     *
     * @param eventCodes the codes of events that carry glucose readings
     * @param limit how many at most
     * @return how many were noted
     */
    public long findFirstPending(Collection<Integer> eventCodes, int limit) {
        return findPending(eventCodes, " LIMIT " + limit);
    }

    private long findPending(Collection<Integer> eventCodes, String limit) {
        database.execute("""
                CREATE OR REPLACE TEMP TABLE pending_cgm_events AS
                SELECT id FROM events
                WHERE event_id IN (%s)
                  AND NOT EXISTS (SELECT 1 FROM {readings} reading WHERE reading.events_id = events.id)
                ORDER BY id%s
                """.formatted(EventCodes.list(eventCodes), limit).replace("{readings}", CgmReadings.NAME));
        return database.first("SELECT count(*) FROM pending_cgm_events", row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * A stretch of the events found pending, in the order of their ids.
     *
     * @param afterId only events with a greater id
     * @param limit how many at most
     * @return the events, none when all have been handed out
     */
    public List<CgmEvent> pendingAfter(long afterId, int limit) {
        // Numbers stand in the statements, as these would be planned twice for values that are bound.
        long lastId = database.first(
                        "SELECT max(id) FROM (SELECT id FROM pending_cgm_events WHERE id > " + afterId
                                + " ORDER BY id LIMIT " + limit + ")",
                        row -> row.getLong(1))
                .orElse(0L);
        List<CgmEvent> events = new ArrayList<>();
        // TRY, because the engine's JSON is stricter than what may be sent, and one event must not stop all others.
        database.forEach("""
                SELECT id, pump_serial, sequence_group, sequence_number, event_id,
                       data[1] IS NOT NULL, TRY_CAST(data[1] AS DOUBLE), data[2] IS NOT NULL, TRY_CAST(data[2] AS DOUBLE),
                       TRY_CAST(data[3] AS BIGINT),
                       TRY_CAST(data[4] AS DOUBLE),
                       coalesce(list_contains(TRY_CAST(data[5] AS INTEGER[]), 1), false),
                       epoch_us(pump_timestamp)
                FROM (
                    SELECT *, TRY(json_extract_string(event_data, [
                        '$.glucoseValueStatus', '$.currentGlucoseDisplayValue', '$.egvTimeStamp', '$.rate',
                        '$.cgmDataType'])) AS data
                    FROM events
                    WHERE id > %1$d AND id <= %2$d
                      AND id IN (SELECT id FROM pending_cgm_events WHERE id > %1$d AND id <= %2$d)
                )
                ORDER BY id
                """.formatted(afterId, lastId), row -> events.add(read(row)));
        return events;
    }

    /**
     * Stores readings. To be called in a transaction.
     *
     * @param readings the readings, in the order of their events' ids; maybe none
     */
    public void insert(List<CgmReading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        long lastId = lastId();
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender(CgmReadings.NAME)) {
                long id = lastId;
                for (CgmReading reading : readings) {
                    append(appender, ++id, reading);
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
    }

    private static CgmEvent read(ResultSet row) throws SQLException {
        return new CgmEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                number(row, 6),
                number(row, 8),
                row.getObject(10, Long.class),
                row.getObject(11, Double.class),
                row.getBoolean(12),
                Micros.localDateTime(row, 13));
    }

    /** A property, from whether it is there and which number it is. */
    private static Double number(ResultSet row, int column) throws SQLException {
        Double number = row.getObject(column + 1, Double.class);
        return number == null && row.getBoolean(column) ? (Double) Double.NaN : number;
    }

    private static void append(DuckDBAppender appender, long id, CgmReading reading) throws SQLException {
        appender.beginRow();
        appender.append(id);
        appendValues(appender, reading);
        appender.endRow();
    }

    /** All columns but the row's id, in their order. */
    static void appendValues(DuckDBAppender appender, CgmReading reading) throws SQLException {
        appender.append(reading.eventsId());
        Micros.append(appender, reading.timestamp());
        appender.append(reading.mgPerDl());
        appender.append(reading.status());
        appender.append(reading.reportedValue());
        appender.append(reading.rateOfChange());
        appender.append(reading.backfilled());
        appender.append(reading.sensor());
        appender.append(reading.pumpSerial());
        Micros.append(appender, reading.pumpTimestamp());
        appender.append(reading.timeBasis());
    }
}
