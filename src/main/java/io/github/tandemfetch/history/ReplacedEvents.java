package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Raw events that came again with more in them than is stored: with a stamp that can be read, or with properties, where
 * there was none. What came first is not final; it is kept among the conflicting events. What was derived from it is
 * dropped, and parsed anew with the other pending events.
 */
public final class ReplacedEvents {
    private static final String FIND_STAMPED = """
            CREATE OR REPLACE TEMP TABLE more_complete AS
            SELECT known.id AS known_id, min(staged.arrival) AS arrival
            FROM raw_events known
            JOIN known_events ON known_events.known_id = known.id
            JOIN {staged} staged ON staged.arrival = known_events.arrival
            WHERE known.pump_serial = ? AND known.pump_timestamp IS NULL AND staged.pump_timestamp IS NOT NULL
              AND known.event_code = staged.event_code
            GROUP BY known.id
            """;

    private static final String FIND_FILLED = """
            INSERT INTO more_complete
            SELECT known.id, min(staged.arrival)
            FROM raw_events known
            JOIN known_events ON known_events.known_id = known.id
            JOIN {staged} staged ON staged.arrival = known_events.arrival
            WHERE {which}
              AND known.id NOT IN (SELECT known_id FROM more_complete)
              AND known.pump_timestamp IS NOT DISTINCT FROM staged.pump_timestamp
              AND known.event_code = staged.event_code
              AND known.raw_event_data::VARCHAR <> staged.raw_event_data::VARCHAR
              AND CASE WHEN json_valid(known.raw_event_data::VARCHAR)
                       THEN coalesce(len(json_keys(known.raw_event_data, '$.eventProperties')), 0) = 0
                       ELSE false END
              AND coalesce(len(json_keys(staged.raw_event_data, '$.eventProperties')), 0) > 0
            GROUP BY known.id
            """;

    private static final String OF_RANGE = "known.id BETWEEN ? AND ?";

    /** They are few, and come from the whole history. */
    private static final String CLOCK_CHANGES =
            "known.pump_serial = ? AND known.event_code IN (13, 14) AND staged.clock_change";

    private static final String KEEP_EARLIER = """
            INSERT INTO conflicting_events
                (pump_serial, device_assignment_id, sequence_group, sequence_number, event_code, pump_timestamp,
                 raw_event_data, fetched_at, replaced)
            SELECT pump_serial, device_assignment_id, sequence_group, sequence_number, event_code, pump_timestamp,
                   raw_event_data, fetched_at, true
            FROM raw_events WHERE id IN (SELECT known_id FROM more_complete)
            ON CONFLICT DO NOTHING
            """;

    private static final String REPLACE = """
            UPDATE raw_events
            SET pump_timestamp = staged.pump_timestamp, event_timestamp = staged.event_timestamp,
                raw_event_data = staged.raw_event_data, fetched_at = ?
            FROM more_complete JOIN {staged} staged ON staged.arrival = more_complete.arrival
            WHERE raw_events.id = more_complete.known_id
            """;

    private final Database database;

    /** Looks at the raw events of an open database. */
    public ReplacedEvents(Database database) {
        this.database = database;
    }

    /**
     * Replaces those of an answer of which the known events have been found, in the transaction of its merge.
     *
     * @param differing the first and the last id of known events, where some of them have another text
     * @return how many were replaced
     */
    long replace(RawEventStaging staging, RawEventTable.Origin origin, Optional<long[]> differing) {
        database.update(RawEventTable.of(staging, FIND_STAMPED), origin.pumpSerial());
        String findFilled = RawEventTable.of(staging, FIND_FILLED);
        differing.ifPresent(ids -> database.update(findFilled.replace("{which}", OF_RANGE), ids[0], ids[1]));
        if (staging.hasClockChanges()) {
            database.update(findFilled.replace("{which}", CLOCK_CHANGES), origin.pumpSerial());
        }
        boolean none = database.first("SELECT 1 FROM more_complete LIMIT 1", row -> row.getInt(1))
                .isEmpty();
        if (none) {
            return 0;
        }
        database.update(KEEP_EARLIER);
        long replaced = database.update(
                RawEventTable.of(staging, REPLACE), origin.fetchedAt().atOffset(ZoneOffset.UTC));
        database.update("INSERT INTO replaced_events SELECT known_id FROM more_complete");
        // The clock is looked at again, though no raw event has a new id.
        database.update("DELETE FROM clock_progress WHERE pump_serial = ?", origin.pumpSerial());
        return replaced;
    }
}
