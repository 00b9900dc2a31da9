package io.github.tandemfetch.history;

import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import java.time.ZoneOffset;

/**
 * What the service sent in the place of events and cannot be stored as events of the pump: kept as it came, once, and
 * told. What can be stored later is taken out again.
 */
public final class RejectedEventTable {
    private static final String TAKE = """
            INSERT INTO rejected_events
            SELECT ?, ?, reason, sequence_group, sequence_number, ?, ?, content, size_bytes, sha256(content), ?
            FROM {rejected}
            QUALIFY row_number() OVER (PARTITION BY sha256(content) ORDER BY reason) = 1
            ON CONFLICT DO NOTHING
            """;

    private final Database database;

    public RejectedEventTable(Database database) {
        this.database = database;
    }

    /** Keeps what of an answer is rejected, in the transaction of its merge, and gives how much of it is new. */
    long take(RawEventStaging staging, RawEventTable.Origin origin) {
        dropStored(origin.pumpSerial());
        if (!staging.hasRejected()) {
            return 0;
        }
        return database.update(
                TAKE.replace("{rejected}", staging.rejectedTableName()),
                origin.pumpSerial(),
                origin.deviceAssignmentId(),
                origin.firstDay(),
                origin.lastDay(),
                origin.fetchedAt().atOffset(ZoneOffset.UTC));
    }

    private void dropStored(String pumpSerial) {
        boolean none = database.first(
                        "SELECT 1 FROM rejected_events WHERE pump_serial = ? AND reason = ? LIMIT 1",
                        row -> row.getInt(1),
                        pumpSerial,
                        ImplausibleNumbers.REASON)
                .isEmpty();
        if (none) {
            return;
        }
        database.update("""
                DELETE FROM rejected_events
                WHERE pump_serial = ? AND reason = ? AND EXISTS (
                    SELECT 1 FROM raw_events known
                    WHERE known.pump_serial = rejected_events.pump_serial
                      AND known.sequence_group = rejected_events.sequence_group
                      AND known.sequence_number = rejected_events.sequence_number)
                """, pumpSerial, ImplausibleNumbers.REASON);
    }

    /**
     * Takes raw events out that an older version stored, and whose numbers no log can have. As they moved the times of
     * others, everything that is derived is dropped too, to be made anew.
     *
     * @param dropDerived drops what is derived, within the transaction
     * @return how many there were
     */
    public long takeStored(Runnable dropDerived) {
        if (!new ImplausibleNumbers(database).findStored()) {
            return 0;
        }
        return database.transaction(connection -> {
            dropDerived.run();
            database.update("""
                    INSERT INTO rejected_events
                    SELECT pump_serial, device_assignment_id, ?, sequence_group, sequence_number,
                           pump_timestamp::DATE, pump_timestamp::DATE, encode(raw_event_data::VARCHAR),
                           octet_length(encode(raw_event_data::VARCHAR)), sha256(raw_event_data::VARCHAR), fetched_at
                    FROM raw_events WHERE id IN (SELECT id FROM implausible_stored)
                    ON CONFLICT DO NOTHING
                    """, ImplausibleNumbers.REASON);
            return database.update("DELETE FROM raw_events WHERE id IN (SELECT id FROM implausible_stored)");
        });
    }

    /**
     * Tells them all.
     *
     * @param limit how many examples to keep
     * @return how many there are, beside how many raw events
     */
    public Findings check(int limit) {
        Findings.Collector findings = new Findings.Collector(limit);
        findings.looked(database.first("SELECT count(*) FROM raw_events", row -> row.getLong(1))
                .orElse(0L));
        database.forEach("""
                SELECT 'pump ' || pump_serial || ', asked for ' || first_day || ' to ' || last_day || ': an event of '
                    || size_bytes || ' bytes ' || reason
                FROM rejected_events ORDER BY pump_serial, first_day, sequence_group, sequence_number, sha256
                """, row -> findings.found(row.getString(1)));
        return findings.findings();
    }
}
