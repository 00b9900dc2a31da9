package io.github.tandemfetch.clock;

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

    /** Works on an open database. All methods are to be called in one transaction with the timeline's. */
    public Retiming(Database database) {
        this.database = database;
    }

    /**
     * A stretch of a pump's log and how its times are found.
     *
     * @param segment the way from the pump's clock to UTC
     * @param endNumber the first sequence number behind it
     */
    public record Stretch(String pumpSerial, ClockSegment segment, long endNumber) {}

    /**
     * Retimes raw events.
     *
     * @param stretch the stretch
     * @param afterId only raw events with a greater id
     * @return how many had another time
     */
    public long rawEvents(Stretch stretch, long afterId) {
        ClockSegment segment = stretch.segment();
        return database.update(
                sql(RETIME_RAW, segment),
                stretch.pumpSerial(),
                segment.group(),
                segment.firstNumber(),
                stretch.endNumber(),
                afterId);
    }

    /**
     * Retimes events.
     *
     * @param stretch the stretch
     * @return how many events had another time
     */
    public long events(Stretch stretch) {
        ClockSegment segment = stretch.segment();
        long retimed = database.update(
                sql(RETIME_EVENTS, segment),
                segment.basis().label(),
                stretch.pumpSerial(),
                segment.group(),
                segment.firstNumber(),
                stretch.endNumber(),
                segment.basis().label());
        return retimed;
    }

    private static String sql(String template, ClockSegment segment) {
        return template.replace("{time}", time(segment));
    }

    /** The UTC time of a row, as the entry has it. */
    private static String time(ClockSegment segment) {
        if (segment.offsetMillis() == null) {
            return "NULL::TIMESTAMPTZ";
        }
        String drift = "";
        if (segment.driftRate() != 0) {
            long anchor = segment.wallStart().toEpochSecond(ZoneOffset.UTC) * 1_000_000
                    + segment.wallStart().getNano() / 1_000;
            drift = " - round(%s::DOUBLE * (epoch_us(pump_timestamp) - (%d)) / 1000)::BIGINT * 1000"
                    .formatted(segment.driftRate(), anchor);
        }
        return "make_timestamptz(epoch_us(pump_timestamp) - (" + segment.offsetMillis() * 1000 + ")" + drift + ")";
    }
}
