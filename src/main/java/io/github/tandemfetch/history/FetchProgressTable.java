package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
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

/** How far each assignment of a pump has been fetched; written in the same transaction as the events it speaks of. */
public final class FetchProgressTable {
    private final Database database;

    public FetchProgressTable(Database database) {
        this.database = database;
    }

    /**
     * How far an assignment of a pump has been fetched.
     *
     * @param fetchedFrom the first day of the pump's calendar that was asked for; null where that is not known
     * @param fetchedThrough the last day of the pump's calendar that needs no further asking
     * @param completeThrough the service's {@code maxDateOfEvents} at the last complete fetch, pump clock; null where a
     *     first fetch has not come to its end
     * @param completedAt when the last complete fetch ended; null likewise
     * @param incompleteRuns how many runs in a row ended although something seemed to be missing
     * @param incompleteSince when the first of them ended; null where there is none
     * @param lastUpload the pump's last upload at the last complete fetch, UTC; null where that is not known
     */
    public record Progress(
            LocalDate fetchedFrom,
            LocalDate fetchedThrough,
            LocalDateTime completeThrough,
            Instant completedAt,
            int incompleteRuns,
            Instant incompleteSince,
            Instant lastUpload) {}

    /**
     * An assignment of a pump to the account, and how far it has been fetched. A pump that was assigned anew has several.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param modelName its model; null where the service does not say
     * @param unlistedSince when the service was first seen not to list it any more; null for one that it lists
     * @param progress how far it has been fetched
     */
    public record AssignmentProgress(
            String pumpSerial, String deviceAssignmentId, String modelName, Instant unlistedSince, Progress progress) {}

    /**
     * Every assignment that has ever been fetched. Works with the schema of an older tandem too.
     *
     * @return the assignments by serial number, the one with the newest events last
     */
    public List<AssignmentProgress> all() {
        List<AssignmentProgress> assignments = new ArrayList<>();
        // The columns that older tables lack are named first: a look into the engine's catalog takes much longer.
        database.forEach(
                """
                SELECT fetched_from, fetched_through, complete_through, completed_at, incomplete_runs, incomplete_since,
                       last_upload, pump_serial, device_assignment_id, model_name, unlisted_since
                FROM (
                    SELECT NULL::DATE AS fetched_from, NULL::TIMESTAMPTZ AS unlisted_since,
                           NULL::TIMESTAMPTZ AS last_upload WHERE false
                    UNION ALL BY NAME FROM fetch_progress
                )
                ORDER BY pump_serial, complete_through NULLS FIRST, device_assignment_id
                """,
                row -> assignments.add(new AssignmentProgress(
                        row.getString(8), row.getString(9), row.getString(10), instant(row, 11), read(row))));
        return assignments;
    }

    /**
     * How far an assignment of a pump has been fetched.
     *
     * @param deviceAssignmentId its assignment to the account
     * @return empty where it has never been fetched
     */
    public Optional<Progress> of(String pumpSerial, String deviceAssignmentId) {
        return database.first("""
                SELECT fetched_from, fetched_through, complete_through, completed_at, incomplete_runs, incomplete_since,
                       last_upload
                FROM fetch_progress WHERE pump_serial = ? AND device_assignment_id = ?
                """, FetchProgressTable::read, pumpSerial, deviceAssignmentId);
    }

    private static Progress read(ResultSet row) throws SQLException {
        return new Progress(
                row.getObject(1, LocalDate.class),
                row.getObject(2, LocalDate.class),
                row.getObject(3, LocalDateTime.class),
                instant(row, 4),
                row.getInt(5),
                instant(row, 6),
                instant(row, 7));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }

    /**
     * Notes that a window has been stored.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param modelName its model; null where the service does not say
     * @param fetchedFrom the first day that is asked for, noted with the first window
     * @param fetchedThrough the last day of the pump's calendar that needs no further asking
     */
    public void windowStored(
            String pumpSerial,
            String deviceAssignmentId,
            String modelName,
            LocalDate fetchedFrom,
            LocalDate fetchedThrough) {
        // An INSERT with ON CONFLICT takes the engine three times as long, and the row is there but for the first time.
        long updated = database.update("""
                UPDATE fetch_progress SET model_name = ?, fetched_through = ?
                WHERE pump_serial = ? AND device_assignment_id = ?
                """, modelName, fetchedThrough, pumpSerial, deviceAssignmentId);
        if (updated == 0) {
            database.update("""
                    INSERT INTO fetch_progress
                        (pump_serial, device_assignment_id, model_name, fetched_from, fetched_through)
                    VALUES (?, ?, ?, ?, ?)
                    """, pumpSerial, deviceAssignmentId, modelName, fetchedFrom, fetchedThrough);
        }
    }

    /**
     * Notes that days before the first one so far have been stored.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param fetchedFrom the first day that was asked for
     */
    public void earlierStored(String pumpSerial, String deviceAssignmentId, LocalDate fetchedFrom) {
        database.update("""
                UPDATE fetch_progress SET fetched_from = ? WHERE pump_serial = ? AND device_assignment_id = ?
                """, fetchedFrom, pumpSerial, deviceAssignmentId);
    }

    /**
     * Notes that everything the service has of an assignment is stored.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param maxDateOfEvents the service's date of the newest event, pump clock
     * @param upload the pump's last upload when the fetch began, UTC; null where the service does not say
     * @param at when the fetch ended
     */
    public void complete(
            String pumpSerial, String deviceAssignmentId, LocalDateTime maxDateOfEvents, Instant upload, Instant at) {
        database.update(
                """
                UPDATE fetch_progress SET complete_through = ?, last_upload = ?, completed_at = ?,
                    incomplete_runs = 0, incomplete_since = NULL
                WHERE pump_serial = ? AND device_assignment_id = ?
                """,
                maxDateOfEvents,
                upload == null ? null : upload.atOffset(ZoneOffset.UTC),
                at.atOffset(ZoneOffset.UTC),
                pumpSerial,
                deviceAssignmentId);
    }

    /**
     * Notes for which days the service offers events, and as of which upload.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param from the first day
     * @param to the last day
     * @param upload the pump's last upload, UTC; null where the service does not say
     */
    public void offered(String pumpSerial, String deviceAssignmentId, LocalDate from, LocalDate to, Instant upload) {
        database.update(
                """
                UPDATE fetch_progress SET offered_from = ?, offered_to = ?, seen_upload = ?
                WHERE pump_serial = ? AND device_assignment_id = ?
                """, from, to, upload == null ? null : upload.atOffset(ZoneOffset.UTC), pumpSerial, deviceAssignmentId);
    }

    /**
     * Notes that a run ended although something seems to be missing.
     *
     * @param deviceAssignmentId its assignment to the account
     * @param goOnFrom the day from which the next run asks again
     * @param at when the run ended
     */
    public void incomplete(String pumpSerial, String deviceAssignmentId, LocalDate goOnFrom, Instant at) {
        database.update("""
                UPDATE fetch_progress SET fetched_through = ?, incomplete_runs = incomplete_runs + 1,
                    incomplete_since = coalesce(incomplete_since, ?)
                WHERE pump_serial = ? AND device_assignment_id = ?
                """, goOnFrom, at.atOffset(ZoneOffset.UTC), pumpSerial, deviceAssignmentId);
    }

    /**
     * Notes whether the service lists an assignment.
     *
     * @param deviceAssignmentId the assignment
     * @param unlistedSince when the service was first seen not to list it; null where it lists it
     */
    public void listed(String deviceAssignmentId, Instant unlistedSince) {
        database.update(
                "UPDATE fetch_progress SET unlisted_since = ? WHERE device_assignment_id = ?",
                unlistedSince == null ? null : unlistedSince.atOffset(ZoneOffset.UTC),
                deviceAssignmentId);
    }
}
