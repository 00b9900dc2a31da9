package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;

/**
 * The source of truth: every event exactly as the service sent it, once. An event's identity is (pump, sequence group,
 * sequence number). The first text that came under an identity stays, unless a later one is more complete.
 */
public final class RawEventTable {
    /**
     * Which staged events are stored already. Events of an answer have neighboring numbers, so that the bounds spare
     * the engine most of the table.
     */
    private static final String FIND_KNOWN = """
            CREATE OR REPLACE TEMP TABLE known_events AS
            SELECT staged.arrival, known.id AS known_id
            FROM raw_events known JOIN {staged} staged
              ON known.sequence_group = staged.sequence_group AND known.sequence_number = staged.sequence_number
            WHERE NOT staged.clock_change AND known.pump_serial = ? AND known.sequence_number BETWEEN ? AND ?
            """;

    private static final String ASSIGNMENT_FIELD = "\"deviceAssignmentId\"\\s*:\\s*\"[^\"]*\"";

    /**
     * The texts are compared in a second step, which then reads no more than those of the overlap. The same event of a pump
     * that is on the account twice differs in the assignment alone, which is no difference.
     */
    private static final String COUNT_CONFLICTS = """
            SELECT count(*) FROM raw_events known
            JOIN known_events ON known_events.known_id = known.id
            JOIN {staged} staged ON staged.arrival = known_events.arrival
            WHERE known.id BETWEEN {first} AND {last}
              AND known.raw_event_data::VARCHAR <> staged.raw_event_data::VARCHAR
              AND regexp_replace(known.raw_event_data::VARCHAR, '{field}', '')
                  <> regexp_replace(staged.raw_event_data::VARCHAR, '{field}', '')
            """;

    /** The same for clock changes, which come from anywhere in the history. */
    private static final String FIND_KNOWN_CLOCK_CHANGES = """
            INSERT INTO known_events
            SELECT staged.arrival, known.id
            FROM raw_events known JOIN {staged} staged
              ON known.sequence_group = staged.sequence_group AND known.sequence_number = staged.sequence_number
            WHERE staged.clock_change AND known.pump_serial = ?
            """;

    private static final String INSERT_NEW = """
            INSERT INTO raw_events
                (id, pump_serial, event_timestamp, raw_event_data, sequence_group, sequence_number, event_code,
                 pump_timestamp, device_assignment_id, fetched_at)
            SELECT (SELECT coalesce(max(id), 0) FROM raw_events) + rank,
                   ?, event_timestamp, raw_event_data, staged.sequence_group, staged.sequence_number, event_code,
                   pump_timestamp, ?, ?
            FROM {staged} staged JOIN (
                SELECT min(arrival) AS arrival,
                       row_number() OVER (ORDER BY sequence_group, sequence_number) AS rank
                FROM {staged} AS answer
                WHERE NOT EXISTS (SELECT 1 FROM known_events WHERE known_events.arrival = answer.arrival)
                GROUP BY sequence_group, sequence_number
            ) fresh USING (arrival)
            """;

    private final Database database;

    public RawEventTable(Database database) {
        this.database = database;
    }

    /**
     * A stored raw event.
     *
     * @param id the row's id
     * @param sequenceGroup counts the times the pump's log started over
     * @param sequenceNumber the position within the group
     * @param eventCode the event's code
     * @param pumpTimestamp the pump's wall clock; null where the event has no readable one
     * @param json the event exactly as received, in UTF-8
     */
    public record RawEvent(
            long id,
            String pumpSerial,
            long sequenceGroup,
            long sequenceNumber,
            int eventCode,
            LocalDateTime pumpTimestamp,
            byte[] json) {}

    /**
     * What became of an answer's events.
     *
     * @param received events in the answer, repetitions counted
     * @param inserted events that were not stored yet, and now are
     * @param conflicting events that were stored before with another text, which was kept; clock changes not counted
     * @param replaced events that were stored before and came more complete now: the new text is stored, and the earlier
     *     one kept among the conflicting events
     * @param rejected elements that are no events of the pump and have not come before
     */
    public record Merge(long received, long inserted, long conflicting, long replaced, long rejected) {}

    /**
     * Where an answer comes from.
     *
     * @param pumpSerial the pump that was asked for
     * @param deviceAssignmentId the pump's assignment to the account
     * @param firstDay the first day that was asked for
     * @param lastDay the last day that was asked for
     * @param fetchedAt when it was fetched
     */
    public record Origin(
            String pumpSerial, String deviceAssignmentId, LocalDate firstDay, LocalDate lastDay, Instant fetchedAt) {}

    /**
     * Opens a staging area for the events of one answer.
     *
     * @return an empty staging area, to be closed
     */
    public RawEventStaging stage() {
        return new RawEventStaging(database);
    }

    /**
     * Rejects staged events whose numbers no log of the pump can have. To be called before the transaction of the merge,
     * in which nothing but the database itself can be changed.
     *
     * @param staging the events of a finished answer
     * @param pumpSerial the pump they are of
     */
    public void rejectImplausible(RawEventStaging staging, String pumpSerial) {
        new ImplausibleNumbers(database).reject(staging, pumpSerial);
    }

    /**
     * Stores the staged events that are not stored yet, and drops nothing. To be called in a transaction.
     *
     * @param staging the events of a finished answer
     * @param origin where they come from
     * @return what became of them
     */
    public Merge merge(RawEventStaging staging, Origin origin) {
        String pump = origin.pumpSerial();
        database.update(
                of(staging, FIND_KNOWN),
                pump,
                staging.events().lowest(),
                staging.events().highest());
        Optional<long[]> known = database.first(
                "SELECT min(known_id), max(known_id) FROM known_events",
                row -> row.getObject(1) == null ? null : new long[] {row.getLong(1), row.getLong(2)});
        long conflicting = known.flatMap(
                        ids -> database.first(countConflicts(staging, ids[0], ids[1]), row -> row.getLong(1)))
                .orElse(0L);
        if (conflicting > 0) {
            new ConflictingEventTable(database).note(staging, origin, known.get()[0], known.get()[1]);
        }
        if (staging.hasClockChanges()) {
            database.update(of(staging, FIND_KNOWN_CLOCK_CHANGES), pump);
        }
        long replaced =
                new ReplacedEvents(database).replace(staging, origin, conflicting > 0 ? known : Optional.empty());
        long inserted = database.update(
                of(staging, INSERT_NEW),
                pump,
                origin.deviceAssignmentId(),
                origin.fetchedAt().atOffset(ZoneOffset.UTC));
        long rejected = new RejectedEventTable(database).take(staging, origin);
        return new Merge(staging.size(), inserted, Math.max(0, conflicting - replaced), replaced, rejected);
    }

    /**
     * Drops what was staged, after its merge is committed; the thread that filled the area may be at the next one.
     *
     * @param staging a finished answer
     */
    public void drop(RawEventStaging staging) {
        staging.drop(database);
    }

    private static String countConflicts(RawEventStaging staging, long firstId, long lastId) {
        return of(staging, COUNT_CONFLICTS)
                .replace("{field}", ASSIGNMENT_FIELD)
                .replace("{first}", Long.toString(firstId))
                .replace("{last}", Long.toString(lastId));
    }

    static String of(RawEventStaging staging, String sql) {
        return sql.replace("{staged}", staging.tableName());
    }

    /**
     * Counts the stored events.
     *
     * @return the number of rows
     */
    public long count() {
        return database.first("SELECT count(*) FROM raw_events", row -> row.getLong(1))
                .orElse(0L);
    }

    /**
     * The newest wall-clock time stored for an assignment of a pump.
     *
     * @param deviceAssignmentId the assignment that brought the events
     * @return empty where nothing is stored for it
     */
    public Optional<LocalDateTime> newestPumpTimestamp(String pumpSerial, String deviceAssignmentId) {
        return database.first(
                        "SELECT max(pump_timestamp) FROM raw_events WHERE pump_serial = ? AND device_assignment_id = ?",
                        row -> Optional.ofNullable(row.getObject(1, LocalDateTime.class)),
                        pumpSerial,
                        deviceAssignmentId)
                .flatMap(newest -> newest);
    }

    /**
     * The newest wall-clock time before another that is stored for an assignment of a pump.
     *
     * @param deviceAssignmentId the assignment that brought the events
     * @param before only times before this one, pump clock
     * @param besidesCodes the codes of events that do not count
     * @return empty where nothing is stored for it from before
     */
    public Optional<LocalDateTime> newestPumpTimestamp(
            String pumpSerial, String deviceAssignmentId, LocalDateTime before, Collection<Integer> besidesCodes) {
        return database.first(
                """
                        SELECT max(pump_timestamp) FROM raw_events
                        WHERE pump_serial = ? AND device_assignment_id = ? AND pump_timestamp < ?
                          AND event_code NOT IN (%s)
                        """.formatted(EventCodes.list(besidesCodes)),
                row -> row.getObject(1, LocalDateTime.class),
                pumpSerial,
                deviceAssignmentId,
                before);
    }

    /**
     * Whether the stored events of a pump name it by the assignment that is asked for.
     *
     * @param deviceAssignmentId the assignment
     * @return false where nothing is stored, or the events say something else
     */
    public boolean namesPump(String pumpSerial, String deviceAssignmentId) {
        return database.first("""
                        SELECT CASE WHEN json_valid(raw_event_data::VARCHAR) THEN coalesce(
                                   lower(raw_event_data ->> '$.deviceAssignmentId') = lower(device_assignment_id), false)
                               ELSE false END
                        FROM raw_events WHERE pump_serial = ? AND device_assignment_id = ? LIMIT 1
                        """, row -> row.getBoolean(1), pumpSerial, deviceAssignmentId)
                .orElse(false);
    }

    /**
     * The pump that an assignment's events are stored under.
     *
     * @param deviceAssignmentId the assignment
     * @return its serial number; empty where nothing is stored of it
     */
    public Optional<String> pumpSerialOf(String deviceAssignmentId) {
        return database.first("""
                SELECT pump_serial FROM raw_events WHERE device_assignment_id = ?
                ORDER BY pump_serial = device_assignment_id LIMIT 1
                """, row -> row.getString(1), deviceAssignmentId);
    }

    /**
     * Whether the stored events of an assignment reach to a time, give or take a day. An event that two assignments have
     * is stored once, so that one of the other assignment counts too, unless it is newer.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param newest the time, pump clock
     * @return false where the end is missing
     */
    public boolean reaches(String pumpSerial, String deviceAssignmentId, LocalDateTime newest) {
        return database.first("""
                        SELECT 1 FROM raw_events
                        WHERE pump_serial = ? AND pump_timestamp >= ?
                          AND (device_assignment_id = ? OR pump_timestamp <= ?)
                        LIMIT 1
                        """, row -> true, pumpSerial, newest.minusDays(1), deviceAssignmentId, newest)
                .isPresent();
    }

    // The driver takes twice as long to hand out a text as to hand out its bytes.
    public static final String RAW_EVENT_COLUMNS =
            "id, pump_serial, sequence_group, sequence_number, event_code, epoch_us(pump_timestamp),"
                    + " encode(raw_event_data::VARCHAR)";

    public static RawEvent read(java.sql.ResultSet row) throws java.sql.SQLException {
        return new RawEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getInt(5),
                Micros.localDateTime(row, 6),
                row.getBytes(7));
    }
}
