package io.github.tandemfetch.history;

import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import java.time.ZoneOffset;

/**
 * Events that came under a sequence number that stands for another event already, of another code or stamp. The first
 * stays the raw event; the other is kept here, so that nothing is lost and the contradiction can be told. The same event
 * with another text, such as one more property or a missing stamp, is none. Beside them lie the earlier contents of raw
 * events that a more complete answer replaced.
 */
public final class ConflictingEventTable {
    private static final String NOTE = """
            INSERT INTO conflicting_events
                (pump_serial, device_assignment_id, sequence_group, sequence_number, event_code, pump_timestamp,
                 raw_event_data, fetched_at)
            SELECT known.pump_serial, ?, staged.sequence_group, staged.sequence_number, staged.event_code,
                   staged.pump_timestamp, staged.raw_event_data, ?
            FROM raw_events known
            JOIN known_events ON known_events.known_id = known.id
            JOIN {staged} staged ON staged.arrival = known_events.arrival
            WHERE known.id BETWEEN ? AND ?
              AND (known.event_code <> staged.event_code OR known.pump_timestamp <> staged.pump_timestamp)
            QUALIFY row_number() OVER (
                PARTITION BY staged.sequence_group, staged.sequence_number ORDER BY staged.arrival) = 1
            ON CONFLICT DO NOTHING
            """;

    private final Database database;

    public ConflictingEventTable(Database database) {
        this.database = database;
    }

    /** Notes those of an answer, of which the known events have been found, in the transaction of its merge. */
    void note(RawEventStaging staging, RawEventTable.Origin origin, long firstId, long lastId) {
        database.update(
                RawEventTable.of(staging, NOTE),
                origin.deviceAssignmentId(),
                origin.fetchedAt().atOffset(ZoneOffset.UTC),
                firstId,
                lastId);
    }

    /**
     * Counts a pump's contradictions.
     *
     * @return how many have come so far, replaced contents not counted
     */
    public long count(String pumpSerial) {
        return database.first(
                        "SELECT count(*) FROM conflicting_events WHERE pump_serial = ? AND NOT replaced",
                        row -> row.getLong(1),
                        pumpSerial)
                .orElse(0L);
    }

    /**
     * Tells all contradictions.
     *
     * @param limit how many examples to keep
     * @return how many there are, of how many raw events
     */
    public Findings check(int limit) {
        Findings.Collector findings = new Findings.Collector(limit);
        findings.looked(database.first("SELECT count(*) FROM raw_events", row -> row.getLong(1))
                .orElse(0L));
        database.forEach("""
                SELECT later.pump_serial || ', group ' || later.sequence_group || ': ' || later.sequence_number
                    || ' is an event of code ' || known.event_code || ' at '
                    || coalesce(known.pump_timestamp::VARCHAR, 'no time') || ', and came as one of code '
                    || later.event_code || ' at ' || coalesce(later.pump_timestamp::VARCHAR, 'no time')
                FROM conflicting_events later
                JOIN raw_events known USING (pump_serial, sequence_group, sequence_number)
                WHERE NOT later.replaced
                ORDER BY later.pump_serial, later.sequence_group, later.sequence_number
                """, row -> findings.found("pump " + row.getString(1)));
        return findings.findings();
    }
}
