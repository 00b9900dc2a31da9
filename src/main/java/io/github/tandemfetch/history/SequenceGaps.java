package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the sequence numbers that are missing within a pump's log. A log without gaps is the proof that no event is
 * missing; {@link GapSurvey} tells what the gaps are.
 */
public final class SequenceGaps {
    private final Database database;

    public SequenceGaps(Database database) {
        this.database = database;
    }

    /**
     * The pumps that have raw events.
     *
     * @return their serial numbers, in order
     */
    public List<String> pumps() {
        List<String> pumps = new ArrayList<>();
        database.forEach(
                "SELECT DISTINCT pump_serial FROM raw_events ORDER BY pump_serial", row -> pumps.add(row.getString(1)));
        return pumps;
    }

    /**
     * Counts the raw events.
     *
     * @return the number, over all pumps
     */
    public long rawEvents() {
        return new RawEventTable(database).count();
    }

    /**
     * Counts the sequence numbers that are missing.
     *
     * @return the number over all gaps of each pump that has events
     */
    public Map<String, Long> missing() {
        Map<String, Long> missing = new TreeMap<>();
        database.forEach("""
                SELECT pump_serial, sum(missing) FROM (
                    SELECT pump_serial, max(sequence_number) - min(sequence_number) - count(*) + 1 AS missing
                    FROM raw_events WHERE sequence_number BETWEEN 0 AND 4294967295
                    GROUP BY pump_serial, sequence_group
                ) GROUP BY pump_serial
                """, row -> missing.put(row.getString(1), row.getLong(2)));
        return missing;
    }

    /**
     * Counts the sequence numbers that are missing.
     *
     * @return the number, over all gaps
     */
    public long missing(String pumpSerial) {
        // No number is stored twice, so that nothing needs to be put in order for this.
        return database.first("""
                        SELECT coalesce(sum(missing), 0) FROM (
                            SELECT max(sequence_number) - min(sequence_number) - count(*) + 1 AS missing
                            FROM raw_events WHERE pump_serial = ? AND sequence_number BETWEEN 0 AND 4294967295
                            GROUP BY sequence_group
                        )
                        """, row -> row.getLong(1), pumpSerial).orElse(0L);
    }
}
