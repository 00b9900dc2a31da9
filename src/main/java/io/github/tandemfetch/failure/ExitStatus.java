package io.github.tandemfetch.failure;

/** The exit codes that {@code tandem} documents; scripts and CI jobs branch on them. */
public enum ExitStatus {
    /** Everything that was asked for was done. */
    SUCCESS(0),
    /** A flag, a setting, a date or a credentials file is wrong: nothing was started. */
    INVALID_USAGE(1),
    /** The table is known but is not in this database (yet). */
    TABLE_NOT_FOUND(2),
    /** The database or a file could not be read or written. */
    STORAGE_FAILURE(3),
    /** Network, login or Tandem Source itself failed. */
    SERVICE_FAILURE(4),
    /** A part was done, another part failed. */
    PARTIAL_SUCCESS(5),
    /** Ctrl-C, as a shell counts it: 128 + SIGINT. */
    INTERRUPTED(130),
    /** The reader of standard output closed it, as a shell counts it: 128 + SIGPIPE. */
    OUTPUT_CLOSED(141);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /**
     * The number the process ends with.
     *
     * @return the exit code, 0 to 141
     */
    public int code() {
        return code;
    }
}
