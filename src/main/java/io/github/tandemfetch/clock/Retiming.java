package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.ClockTimelineTable.Entry;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.time.ZoneOffset;

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
     * Retimes events.
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
        return retimed;
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
