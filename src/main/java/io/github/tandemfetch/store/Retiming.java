package io.github.tandemfetch.store;

import io.github.tandemfetch.store.ClockTimelineTable.Entry;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Changes the UTC times that follow from a pump's clock, where they are others now, and nowhere else. */
public final class Retiming {
    // Rows whose time is right already are not written again.
    private static final String RETIME_RAW = """
            UPDATE raw_events SET event_timestamp = {time}
            WHERE pump_serial = ? AND sequence_group = ? AND sequence_number >= ? AND sequence_number < ?
              AND id > ? AND pump_timestamp IS NOT NULL AND event_timestamp IS DISTINCT FROM {time}
            """;

    private static final String RETIME_EVENTS = """
            UPDATE events SET timestamp = {time}, time_basis = ?
            WHERE pump_serial = ? AND sequence_group = ? AND sequence_number >= ? AND sequence_number < ?
              AND pump_timestamp IS NOT NULL
              AND (timestamp IS DISTINCT FROM {time} OR time_basis <> ?)
            """;

    private static final String RETIME_DELIVERIES = """
            UPDATE basal_deliveries SET timestamp = events.timestamp, time_basis = events.time_basis
            FROM events
            WHERE events.id = basal_deliveries.events_id
              AND events.pump_serial = ? AND events.sequence_group = ?
              AND events.sequence_number >= ? AND events.sequence_number < ?
              AND (basal_deliveries.timestamp IS DISTINCT FROM events.timestamp
                   OR basal_deliveries.time_basis <> events.time_basis)
            """;

    private final Database database;

    /**
     * Works on an open database. All methods are to be called in one transaction with the timeline's.
     *
     * @param database the open database
     */
    public Retiming(Database database) {
        this.database = database;
    }

    /**
     * A stretch of a pump's log and how its times are found.
     *
     * @param pumpSerial the pump
     * @param entry the way from the pump's clock to UTC
     * @param endNumber the first sequence number behind it
     */
    public record Stretch(String pumpSerial, Entry entry, long endNumber) {}

    /**
     * A reading and what its time follows from.
     *
     * @param id the reading's row
     * @param sequenceGroup the sequence group of its event
     * @param sequenceNumber the sequence number of its event
     * @param loggedAt its event's stamp, pump clock; null where it has none
     * @param takenAt the reading's own stamp, pump clock; null where that is not known
     * @param backfilled whether it was delivered late
     */
    public record Reading(
            long id,
            long sequenceGroup,
            long sequenceNumber,
            LocalDateTime loggedAt,
            LocalDateTime takenAt,
            boolean backfilled) {}

    /**
     * The new time of a reading.
     *
     * @param id the reading's row
     * @param timestamp UTC; null where that is not known
     * @param timeBasis how it was found
     */
    public record ReadingTime(long id, Instant timestamp, String timeBasis) {}

    /**
     * Retimes raw events.
     *
     * @param stretch the stretch
     * @param afterId only raw events with a greater id
     * @return how many had another time
     * @throws DatabaseException where the engine fails
     */
    public long rawEvents(Stretch stretch, long afterId) {
        Entry entry = stretch.entry();
        return database.update(
                sql(RETIME_RAW, entry),
                stretch.pumpSerial(),
                entry.sequenceGroup(),
                entry.firstSequenceNumber(),
                stretch.endNumber(),
                afterId);
    }

    /**
     * Retimes events and basal deliveries.
     *
     * @param stretch the stretch
     * @return how many events had another time
     * @throws DatabaseException where the engine fails
     */
    public long events(Stretch stretch) {
        Entry entry = stretch.entry();
        long retimed = database.update(
                sql(RETIME_EVENTS, entry),
                entry.timeBasis(),
                stretch.pumpSerial(),
                entry.sequenceGroup(),
                entry.firstSequenceNumber(),
                stretch.endNumber(),
                entry.timeBasis());
        if (retimed > 0) {
            database.update(
                    RETIME_DELIVERIES,
                    stretch.pumpSerial(),
                    entry.sequenceGroup(),
                    entry.firstSequenceNumber(),
                    stretch.endNumber());
        }
        return retimed;
    }

    /**
     * Some of a stretch's readings.
     *
     * @param stretch the stretch
     * @param backfilledOnly whether only those are asked for that were delivered late
     * @param afterId only readings with a greater id
     * @param limit how many at most
     * @return the readings in the order of their ids; none when all have been handed out
     * @throws DatabaseException where the engine fails
     */
    public List<Reading> readings(Stretch stretch, boolean backfilledOnly, long afterId, int limit) {
        List<Reading> readings = new ArrayList<>();
        database.forEach(
                """
                SELECT reading.id, events.sequence_group, events.sequence_number, epoch_us(events.pump_timestamp),
                       epoch_us(reading.pump_timestamp), reading.backfilled
                FROM cgm_readings reading JOIN events ON events.id = reading.events_id
                WHERE events.pump_serial = ? AND events.sequence_group = ?
                  AND events.sequence_number >= ? AND events.sequence_number < ?
                  AND (reading.backfilled OR NOT ?) AND reading.id > ?
                ORDER BY reading.id LIMIT
                """ + limit,
                row -> readings.add(new Reading(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        Micros.localDateTime(row, 4),
                        Micros.localDateTime(row, 5),
                        row.getBoolean(6))),
                stretch.pumpSerial(),
                stretch.entry().sequenceGroup(),
                stretch.entry().firstSequenceNumber(),
                stretch.endNumber(),
                backfilledOnly,
                afterId);
        return readings;
    }

    /**
     * Gives readings other times.
     *
     * @param times the times
     * @return how many had another time
     * @throws DatabaseException where the engine fails
     */
    public long readings(List<ReadingTime> times) {
        database.execute(
                "CREATE OR REPLACE TEMP TABLE retimed_readings (id BIGINT, timestamp TIMESTAMPTZ, time_basis VARCHAR)");
        database.work(connection -> {
            try (DuckDBAppender appender = connection.createAppender("temp", "main", "retimed_readings")) {
                for (ReadingTime time : times) {
                    appender.beginRow();
                    appender.append(time.id());
                    Micros.append(appender, time.timestamp());
                    appender.append(time.timeBasis());
                    appender.endRow();
                }
                // Closing would swallow a failure of the last flush.
                return appender.flush();
            }
        });
        return database.update("""
                UPDATE cgm_readings SET timestamp = retimed.timestamp, time_basis = retimed.time_basis
                FROM retimed_readings retimed
                WHERE cgm_readings.id = retimed.id
                  AND (cgm_readings.timestamp IS DISTINCT FROM retimed.timestamp
                       OR cgm_readings.time_basis <> retimed.time_basis)
                """);
    }

    /**
     * Leaves one reading of each second of a pump's sensor, now that their times are others. A reading that was dropped and
     * stands alone again comes back when readings are extracted.
     *
     * @param pumpSerial the pump
     * @return how many were dropped
     * @throws DatabaseException where the engine fails
     */
    public long dropRepeatedReadings(String pumpSerial) {
        return new CollidingReadings(database).settleRowsOf(pumpSerial);
    }

    private static String sql(String template, Entry entry) {
        return template.replace("{time}", time(entry));
    }

    /** The UTC time of a row, as the entry has it. */
    private static String time(Entry entry) {
        if (entry.offsetMillis() == null) {
            return "NULL::TIMESTAMPTZ";
        }
        String drift = "";
        if (entry.driftRate() != 0) {
            long anchor = entry.pumpFrom().toEpochSecond(ZoneOffset.UTC) * 1_000_000
                    + entry.pumpFrom().getNano() / 1_000;
            drift = " - round(%s::DOUBLE * (epoch_us(pump_timestamp) - (%d)) / 1000)::BIGINT * 1000"
                    .formatted(entry.driftRate(), anchor);
        }
        return "make_timestamptz(epoch_us(pump_timestamp) - (" + entry.offsetMillis() * 1000 + ")" + drift + ")";
    }
}
