package io.github.tandemfetch.store;

/**
 * The engine's memory limit for writing. The engine keeps index pages until the file is closed, and checking the keys
 * of new rows touches most of them, so a longer history needs more.
 */
final class EngineMemory {
    // With 112 MB the engine works as well, but it moves pages to disk and back all the time, which takes a tenth
    // longer.
    private static final long MEGABYTES_AT_LEAST = 176;

    // Measured: 20 bytes an event for the keys that the domain tables refer to, and room for the rows in hand.
    private static final long BYTES_FOR_EACH_EVENT = 32;

    static final String FOR_A_NEW_DATABASE = MEGABYTES_AT_LEAST + "MB";

    private EngineMemory() {}

    /** Sets the limit for the stored events. */
    static void fit(Database database) {
        fit(database, 0);
    }

    /** Sets the limit for the stored events plus some megabytes. */
    static void fit(Database database, long more) {
        long events = database.first("SELECT count(*) FROM raw_events", row -> row.getLong(1))
                .orElse(0L);
        long megabytes = MEGABYTES_AT_LEAST + more + events * BYTES_FOR_EACH_EVENT / 1_000_000;
        database.execute("SET memory_limit = '" + megabytes + "MB'");
    }
}
