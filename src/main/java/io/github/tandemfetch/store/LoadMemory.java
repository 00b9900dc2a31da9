package io.github.tandemfetch.store;

/**
 * Raises the engine's memory limit as a load grows: until the commit the engine holds the whole index of the new keys.
 */
public final class LoadMemory {
    // Measured: 909,000 rows with keys of 36 letters need 160 MB, 2,000,000 need 350 MB.
    private static final long BYTES_FOR_EACH_ROW = 140;
    private static final long STEP_MEGABYTES = 16;

    // The part of the engine's base limit that is available for the index.
    private static final long MEGABYTES_TO_SPARE = 85;

    private final Database database;
    private long bytes;
    private long allowedMegabytes;

    public LoadMemory(Database database) {
        this.database = database;
    }

    /** Raises the limit for one more row. */
    public void forRow(String key) {
        bytes += BYTES_FOR_EACH_ROW + key.length();
        if (bytes / 1_000_000 > MEGABYTES_TO_SPARE + allowedMegabytes) {
            allowedMegabytes += STEP_MEGABYTES;
            EngineMemory.fit(database, allowedMegabytes);
        }
    }
}
