package io.github.tandemfetch.jobs;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.DatabaseLockedException;
import java.nio.file.Path;
import java.time.Duration;

/** What was asked of the jobs cannot be had. Whoever answers over HTTP goes by the {@link Reason}. */
public class JobException extends TandemException {
    private static final long serialVersionUID = 1L;

    private static final String DATABASE_LOCKED = "DATABASE_LOCKED";
    private static final String DATABASE_UNAVAILABLE = "DATABASE_UNAVAILABLE";

    private final Reason reason;
    private final Duration retryAfter;

    /** Why it cannot be had. */
    public enum Reason {
        /** There is no such job, or it was deleted. */
        UNKNOWN_JOB,
        /** There is no such table. */
        UNKNOWN_TABLE,
        /** The job has no file yet, or failed. */
        NO_FILE,
        /** The job's file is not there any more. */
        FILE_GONE,
        /** Too many jobs wait. */
        QUEUE_FULL,
        /** Too many clients download the job's file. */
        TOO_MANY_DOWNLOADS,
        /** The key was used for another request. */
        KEY_REUSED,
        /** The database is held by somebody else, or the service is ending; later it may be had. */
        UNAVAILABLE,
        /** The folder of the jobs cannot be used. */
        FOLDER
    }

    private JobException(
            Reason reason, String code, String message, String remedy, Duration retryAfter, Throwable cause) {
        super(code, message, remedy, ExitStatus.STORAGE_FAILURE, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /**
     * Why it cannot be had.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }

    /**
     * When it is worth another try.
     *
     * @return null where it is not
     */
    public Duration retryAfter() {
        return retryAfter;
    }

    static JobException unknown() {
        return new JobException(
                Reason.UNKNOWN_JOB, "JOB_NOT_FOUND", "There is no such job.", "List the jobs there are.", null, null);
    }

    static JobException unknownTable() {
        return new JobException(
                Reason.UNKNOWN_TABLE,
                "TABLE_NOT_FOUND",
                "There is no such table, or it is not in the database yet.",
                "List the tables there are.",
                null,
                null);
    }

    static JobException noFile(ExportJob job) {
        boolean failed = job.status() == JobStatus.FAILED;
        return new JobException(
                Reason.NO_FILE,
                failed ? "JOB_FAILED" : "JOB_NOT_COMPLETED",
                failed
                        ? "The job has failed and has no file."
                        : "The job is " + job.status().statusName() + " and has no file yet.",
                failed ? "Look at its error_message, and create another job." : "Try again when it is completed.",
                failed ? null : Duration.ofSeconds(1),
                null);
    }

    static JobException gone() {
        return new JobException(
                Reason.FILE_GONE,
                "FILE_GONE",
                "The job's file has expired or was removed.",
                "Create another job.",
                null,
                null);
    }

    static JobException queueFull(String what, Duration retryAfter) {
        return new JobException(
                Reason.QUEUE_FULL, "QUEUE_FULL", what, "Wait for jobs to finish, or delete some.", retryAfter, null);
    }

    static JobException tooManyDownloads() {
        return new JobException(
                Reason.TOO_MANY_DOWNLOADS,
                "TOO_MANY_DOWNLOADS",
                "The file has " + JobFolder.MOST_READERS + " downloads under way, which is the most.",
                "Wait for one of them to finish.",
                Duration.ofSeconds(5),
                null);
    }

    static JobException keyReused() {
        return new JobException(
                Reason.KEY_REUSED,
                "IDEMPOTENCY_KEY_REUSED",
                "The Idempotency-Key was used for another request.",
                "Use a new key for each new request.",
                null,
                null);
    }

    /** The database is held, by a sync in this process or by another process. */
    static JobException databaseBusy(Throwable cause) {
        boolean other = cause instanceof DatabaseLockedException;
        String holder = other && ((DatabaseLockedException) cause).holder().isPresent()
                ? "another process ("
                        + ((DatabaseLockedException) cause).holder().getAsLong() + ")"
                : "another process";
        return new JobException(
                Reason.UNAVAILABLE,
                DATABASE_LOCKED,
                other
                        ? "The database is in use by " + holder + "."
                        : "The database is in use by a sync of this server, or by other requests.",
                other ? "Wait until it has finished, or end it, and try again." : "Try again in a moment.",
                Duration.ofSeconds(5),
                cause);
    }

    /** The database is there, and cannot be read. */
    static JobException databaseUnusable(TandemException cause) {
        String[] said =
                switch (cause == null ? "" : cause.code()) {
                    case "NOT_A_DATABASE" ->
                        new String[] {
                            "The database file is not a DuckDB database.",
                            "Start the server with another file (--db), or restore a backup with 'tandem restore'."
                        };
                    case DatabaseException.DAMAGED ->
                        new String[] {
                            "The database file is damaged.",
                            "Run 'tandem verify', and restore a backup with 'tandem restore'."
                        };
                    case "DATABASE_TOO_NEW" ->
                        new String[] {"The database was written by a newer version of tandem.", "Update tandem."};
                    case DatabaseException.OUT_OF_MEMORY ->
                        new String[] {
                            "There is not enough memory to read the database.", "End other programs, and try again."
                        };
                    default ->
                        new String[] {
                            "The database cannot be read.",
                            "Check its permissions; 'tandem status', with the same --db, names the reason."
                        };
                };
        return new JobException(
                Reason.UNAVAILABLE, DATABASE_UNAVAILABLE, said[0], said[1], Duration.ofSeconds(30), cause);
    }

    boolean isDatabaseBusy() {
        return code().equals(DATABASE_LOCKED);
    }

    static JobException ending() {
        return new JobException(
                Reason.UNAVAILABLE,
                "ENDING",
                "The server is ending.",
                "Try again when it is back.",
                Duration.ofSeconds(10),
                null);
    }

    static JobException folderNotUsable(Path folder, String why, Throwable cause) {
        return new JobException(
                Reason.FOLDER,
                "JOBS_FOLDER_NOT_USABLE",
                "The jobs folder " + folder + " cannot be used: " + why + ".",
                "Name another with --jobs-dir.",
                null,
                cause);
    }

    static JobException folderTaken(Path folder) {
        return new JobException(
                Reason.FOLDER,
                "JOBS_FOLDER_TAKEN",
                "Another tandem serve uses the jobs folder " + folder + ".",
                "End it, or name another folder with --jobs-dir.",
                null,
                null);
    }

    static JobException storeNotWritten(Throwable cause) {
        return new JobException(
                Reason.UNAVAILABLE,
                "STORE_NOT_WRITTEN",
                "The store of the jobs cannot be written to.",
                "Look at the disk that it lies on.",
                Duration.ofSeconds(30),
                cause);
    }
}
