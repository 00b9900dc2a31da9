package io.github.tandemfetch.jobs;

import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far a job is. */
@RegisterForReflection
public enum JobStatus {
    /** Waits for its turn, or for the database. */
    PENDING,
    /** Its file is being written. */
    RUNNING,
    /** Its file can be downloaded. */
    COMPLETED,
    /** It has no file, and never will. */
    FAILED,
    /** Its file was removed, because its time was over. */
    EXPIRED;

    /**
     * The name in JSON and in queries.
     *
     * @return such as {@code pending}
     */
    @JsonValue
    public String statusName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status of a name.
     *
     * @param name such as {@code pending}
     * @return empty where there is none of that name
     */
    public static Optional<JobStatus> named(String name) {
        return Arrays.stream(values())
                .filter(status -> status.statusName().equals(name))
                .findFirst();
    }

    /**
     * All names.
     *
     * @return {@code pending} first
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(JobStatus::statusName).toList();
    }

    /**
     * Whether a job may go from this status to another.
     *
     * @param next the other
     * @return true for the legal steps
     */
    public boolean mayBecome(JobStatus next) {
        return switch (this) {
            case PENDING -> next == RUNNING || next == FAILED;
            case RUNNING -> next == COMPLETED || next == FAILED;
            case COMPLETED -> next == EXPIRED;
            case FAILED, EXPIRED -> false;
        };
    }

    /**
     * Whether the job is still to be done.
     *
     * @return true while it is pending or running
     */
    public boolean isUnfinished() {
        return this == PENDING || this == RUNNING;
    }
}
