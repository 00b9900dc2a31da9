package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.PumpTime;
import io.github.tandemfetch.clock.Retiming.Stretch;
import io.github.tandemfetch.clock.SensorStamp;
import io.github.tandemfetch.clock.TimeBasis;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Moves glucose readings, whose times follow from the clock at which they were taken, not logged. */
final class GlucoseRetiming {
    private static final int READINGS_AT_ONCE = 20_000;

    private final Database database;
    private boolean readingsMoved;

    GlucoseRetiming(Database database) {
        this.database = database;
    }

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
    private record Reading(
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
    private record ReadingTime(long id, Instant timestamp, String timeBasis) {}

    /** Moves the readings of a stretch; only those that were delivered late where its events have not moved. */
    void move(Stretch stretch, ClockTimeline timeline, boolean eventsMoved) {
        // A reading may have been taken by a clock before, and handed in late.
        readingsMoved |= moveReadings(stretch, timeline, !eventsMoved) > 0;
    }

    /** Leaves one reading of each second, now that their times are others. */
    void finish(String pumpSerial) {
        if (readingsMoved) {
            new CollidingReadings(database).settleRowsOf(pumpSerial);
        }
        readingsMoved = false;
    }

    private long moveReadings(Stretch stretch, ClockTimeline timeline, boolean backfilledOnly) {
        long moved = 0;
        long lastId = 0;
        List<Reading> batch = readings(stretch, backfilledOnly, lastId, READINGS_AT_ONCE);
        while (!batch.isEmpty()) {
            moved +=
                    store(batch.stream().map(reading -> time(timeline, reading)).toList());
            lastId = batch.get(batch.size() - 1).id();
            batch = readings(stretch, backfilledOnly, lastId, READINGS_AT_ONCE);
        }
        return moved;
    }

    private static ReadingTime time(ClockTimeline timeline, Reading reading) {
        if (reading.takenAt() == null) {
            return new ReadingTime(reading.id(), null, TimeBasis.UNKNOWN.label());
        }
        PumpTime time = timeline.readingAt(new SensorStamp(
                new SequencePosition(reading.sequenceGroup(), reading.sequenceNumber()),
                reading.loggedAt(),
                reading.takenAt(),
                reading.backfilled()));
        return new ReadingTime(reading.id(), time.utc(), time.basis().label());
    }

    private List<Reading> readings(Stretch stretch, boolean backfilledOnly, long afterId, int limit) {
        List<Reading> readings = new ArrayList<>();
        database.forEach(
                """
                SELECT reading.id, events.sequence_group, events.sequence_number, epoch_us(events.pump_timestamp),
                       epoch_us(reading.pump_timestamp), reading.backfilled
                FROM {readings} reading JOIN events ON events.id = reading.events_id
                WHERE events.pump_serial = ? AND events.sequence_group = ?
                  AND events.sequence_number >= ? AND events.sequence_number < ?
                  AND (reading.backfilled OR NOT ?) AND reading.id > ?
                ORDER BY reading.id LIMIT {limit}
                """.replace("{readings}", CgmReadings.NAME).replace("{limit}", String.valueOf(limit)),
                row -> readings.add(new Reading(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        Micros.localDateTime(row, 4),
                        Micros.localDateTime(row, 5),
                        row.getBoolean(6))),
                stretch.pumpSerial(),
                stretch.segment().group(),
                stretch.segment().firstNumber(),
                stretch.endNumber(),
                backfilledOnly,
                afterId);
        return readings;
    }

    private long store(List<ReadingTime> times) {
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
                UPDATE {readings} reading SET timestamp = retimed.timestamp, time_basis = retimed.time_basis
                FROM retimed_readings retimed
                WHERE reading.id = retimed.id
                  AND (reading.timestamp IS DISTINCT FROM retimed.timestamp
                       OR reading.time_basis <> retimed.time_basis)
                """.replace("{readings}", CgmReadings.NAME));
    }
}
