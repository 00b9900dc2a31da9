package io.github.tandemfetch.failure;

import java.util.Map;

/** The database could not be opened, read or written. */
public class DatabaseException extends TandemException {
    /** The code of a failure for want of room on a disk. */
    public static final String DISK_FULL = "DISK_FULL";

    /** The code of a failure for want of the memory that the engine may take; fewer threads need less. */
    public static final String OUT_OF_MEMORY = "OUT_OF_MEMORY";

    /** The code of a failure of the work itself, which the engine described. */
    public static final String FAILED = "DATABASE_FAILED";

    /** The code of a file that is not as the engine wrote it. */
    public static final String DAMAGED = "DATABASE_DAMAGED";

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Object> details;

    /**
     * Creates a failure that ends the process with {@link ExitStatus#STORAGE_FAILURE}.
     *
     * @param code a stable name for programs
     * @param message what happened
     * @param remedy what to do
     * @param cause the engine's own failure, or null
     */
    public DatabaseException(String code, String message, String remedy, Throwable cause) {
        this(code, message, remedy, ExitStatus.STORAGE_FAILURE, cause);
    }

    /**
     * Creates a failure that ends the process with another code.
     *
     * @param code a stable name for programs
     * @param message what happened
     * @param remedy what to do
     * @param exitStatus the exit code's class
     * @param cause the engine's own failure, or null
     */
    public DatabaseException(String code, String message, String remedy, ExitStatus exitStatus, Throwable cause) {
        this(code, message, remedy, exitStatus, cause, Map.of());
    }

    /**
     * Creates a failure with facts for programs.
     *
     * @param code a stable name for programs
     * @param message what happened
     * @param remedy what to do
     * @param exitStatus the exit code's class
     * @param cause the engine's own failure, or null
     * @param details facts by their names in JSON
     */
    public DatabaseException(
            String code,
            String message,
            String remedy,
            ExitStatus exitStatus,
            Throwable cause,
            Map<String, Object> details) {
        super(code, message, remedy, exitStatus, cause);
        this.details = Map.copyOf(details);
    }

    @Override
    public Map<String, Object> details() {
        return details;
    }
}
