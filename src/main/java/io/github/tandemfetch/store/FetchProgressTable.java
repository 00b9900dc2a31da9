package io.github.tandemfetch.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far each pump has been fetched; written in the same transaction as the events it speaks of. */
public final class FetchProgressTable {
    private final Database database;

    /**
     * Gives access to the table of an open database.
     *
     * @param database the open database
     */
    public FetchProgressTable(Database database) {
        this.database = database;
    }

    /**
     * How far a pump has been fetched.
     *
     * @param deviceAssignmentId the assignment to the account that was fetched last
     * @param fetchedThrough the last day of the pump's calendar that needs no further asking
     * @param completeThrough the service's {@code maxDateOfEvents} at the last complete fetch, pump clock; null where a
     *     first fetch has not come to its end
     * @param completedAt when the last complete fetch ended; null likewise
     * @param incompleteRuns how many runs in a row ended although something seemed to be missing
     * @param incompleteSince when the first of them ended; null where there is none
     */
    public record Progress(
            String deviceAssignmentId,
            LocalDate fetchedThrough,
            LocalDateTime completeThrough,
            Instant completedAt,
            int incompleteRuns,
            Instant incompleteSince) {}

    /**
     * A pump and how far it has been fetched.
     *
     * @param pumpSerial the pump
     * @param modelName its model; null where the service does not say
     * @param progress how far it has been fetched
     */
    public record PumpProgress(String pumpSerial, String modelName, Progress progress) {}

    /**
     * Every pump that has ever been fetched.
     *
     * @return the pumps by serial number
     * @throws DatabaseException where the engine fails
     */
    public List<PumpProgress> all() {
        List<PumpProgress> pumps = new ArrayList<>();
        database.forEach("""
                SELECT fetched_through, complete_through, completed_at, incomplete_runs, incomplete_since,
                       device_assignment_id, pump_serial, model_name
                FROM fetch_progress ORDER BY pump_serial
                """, row -> pumps.add(new PumpProgress(row.getString(7), row.getString(8), read(row))));
        return pumps;
    }

    /**
     * How far a pump has been fetched.
     *
     * @param pumpSerial the pump
     * @return empty where it has never been fetched
     * @throws DatabaseException where the engine fails
     */
    public Optional<Progress> of(String pumpSerial) {
        return database.first("""
                SELECT fetched_through, complete_through, completed_at, incomplete_runs, incomplete_since,
                       device_assignment_id
                FROM fetch_progress WHERE pump_serial = ?
                """, FetchProgressTable::read, pumpSerial);
    }

    private static Progress read(ResultSet row) throws SQLException {
        return new Progress(
                row.getString(6),
                row.getObject(1, LocalDate.class),
                row.getObject(2, LocalDateTime.class),
                instant(row, 3),
                row.getInt(4),
                instant(row, 5));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }

    /**
     * Notes that a window has been stored.
     *
     * @param pumpSerial the pump
     * @param deviceAssignmentId its assignment to the account
     * @param modelName its model; null where the service does not say
     * @param fetchedThrough the last day of the pump's calendar that needs no further asking
     * @throws DatabaseException where the engine fails
     */
    public void windowStored(String pumpSerial, String deviceAssignmentId, String modelName, LocalDate fetchedThrough) {
        database.update("""
                INSERT INTO fetch_progress (pump_serial, device_assignment_id, model_name, fetched_through)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (pump_serial) DO UPDATE SET
                    device_assignment_id = excluded.device_assignment_id,
                    model_name = excluded.model_name,
                    fetched_through = excluded.fetched_through
                """, pumpSerial, deviceAssignmentId, modelName, fetchedThrough);
    }

    /**
     * Notes that everything the service has of a pump is stored.
     *
     * @param pumpSerial the pump
     * @param maxDateOfEvents the service's date of the pump's newest event, pump clock
     * @param at when the fetch ended
     * @throws DatabaseException where the engine fails
     */
    public void complete(String pumpSerial, LocalDateTime maxDateOfEvents, Instant at) {
        database.update("""
                UPDATE fetch_progress SET complete_through = ?, completed_at = ?,
                    incomplete_runs = 0, incomplete_since = NULL
                WHERE pump_serial = ?
                """, maxDateOfEvents, at.atOffset(ZoneOffset.UTC), pumpSerial);
    }

    /**
     * Notes that a run ended although something seems to be missing.
     *
     * @param pumpSerial the pump
     * @param goOnFrom the day from which the next run asks again
     * @param at when the run ended
     * @throws DatabaseException where the engine fails
     */
    public void incomplete(String pumpSerial, LocalDate goOnFrom, Instant at) {
        database.update("""
                UPDATE fetch_progress SET fetched_through = ?, incomplete_runs = incomplete_runs + 1,
                    incomplete_since = coalesce(incomplete_since, ?)
                WHERE pump_serial = ?
                """, goOnFrom, at.atOffset(ZoneOffset.UTC), pumpSerial);
    }
}
