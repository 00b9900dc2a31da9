package io.github.tandemfetch.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A job as it is at one moment. Every step gives a new one; only legal steps can be made. All times are UTC.
 *
 * @param id its number, from 1; never given twice
 * @param request what it exports
 * @param idempotencyKey the key that its creator gave, or null
 * @param status how far it is
 * @param waitingFor what a pending job waits for, in words; null where it does not, or only for its turn
 * @param fileSizeBytes the file's size in bytes; null without a file
 * @param rowsExported how many rows' worth of the work is done
 * @param totalRows how many rows there are to export; null while that is not known
 * @param errorMessage why it failed; null otherwise. Tells no path and no SQL
 * @param createdAt when it was asked for
 * @param startedAt when its file was begun, or null
 * @param completedAt when it was completed or failed, or null
 * @param expiresAt when its file is removed; null where it has had none
 */
public record ExportJob(
        long id,
        JobRequest request,
        String idempotencyKey,
        JobStatus status,
        String waitingFor,
        Long fileSizeBytes,
        long rowsExported,
        Long totalRows,
        String errorMessage,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt,
        Instant expiresAt) {
    /** The required parts are there. */
    public ExportJob {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(createdAt, "createdAt");
    }

    /**
     * A new job.
     *
     * @param id its number
     * @param request what it exports
     * @param idempotencyKey its creator's key, or null
     * @param now when it is asked for
     * @return a pending job
     */
    static ExportJob pending(long id, JobRequest request, String idempotencyKey, Instant now) {
        return new ExportJob(
                id, request, idempotencyKey, JobStatus.PENDING, null, null, 0, null, null, now, null, null, null);
    }

    /**
     * How many rows the file has, or had.
     *
     * @return null before completion, and after a failure
     */
    public Long rowCount() {
        return status == JobStatus.COMPLETED || status == JobStatus.EXPIRED ? totalRows : null;
    }

    /**
     * The name of the job's file.
     *
     * @return null before completion, and after a failure
     */
    public String fileName() {
        return fileSizeBytes == null ? null : JobFileName.of(id, request, createdAt);
    }

    ExportJob waiting(String reason) {
        return new ExportJob(
                id,
                request,
                idempotencyKey,
                status,
                reason,
                fileSizeBytes,
                rowsExported,
                totalRows,
                errorMessage,
                createdAt,
                startedAt,
                completedAt,
                expiresAt);
    }

    ExportJob started(long rows, Instant now) {
        step(JobStatus.RUNNING);
        return new ExportJob(
                id, request, idempotencyKey, JobStatus.RUNNING, null, null, 0, rows, null, createdAt, now, null, null);
    }

    ExportJob progressed(long rows) {
        return new ExportJob(
                id,
                request,
                idempotencyKey,
                status,
                null,
                null,
                Math.max(rowsExported, Math.min(rows, totalRows)),
                totalRows,
                null,
                createdAt,
                startedAt,
                null,
                null);
    }

    ExportJob completed(long bytes, long rows, Instant now, Duration expireAfter) {
        step(JobStatus.COMPLETED);
        return new ExportJob(
                id,
                request,
                idempotencyKey,
                JobStatus.COMPLETED,
                null,
                bytes,
                rows,
                rows,
                null,
                createdAt,
                startedAt,
                now,
                now.plus(expireAfter));
    }

    ExportJob failed(String message, Instant now) {
        step(JobStatus.FAILED);
        return new ExportJob(
                id,
                request,
                idempotencyKey,
                JobStatus.FAILED,
                null,
                null,
                rowsExported,
                totalRows,
                Objects.requireNonNull(message, "message"),
                createdAt,
                startedAt,
                now,
                null);
    }

    ExportJob expired() {
        step(JobStatus.EXPIRED);
        return new ExportJob(
                id,
                request,
                idempotencyKey,
                JobStatus.EXPIRED,
                null,
                fileSizeBytes,
                rowsExported,
                totalRows,
                null,
                createdAt,
                startedAt,
                completedAt,
                expiresAt);
    }

    private void step(JobStatus next) {
        if (!status.mayBecome(next)) {
            throw new IllegalStateException("A job that is " + status + " does not become " + next);
        }
    }
}
