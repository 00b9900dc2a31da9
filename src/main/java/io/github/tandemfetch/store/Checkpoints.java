package io.github.tandemfetch.store;

/**
 * Frees memory after a number of stored rows, so that a long history does not need more and more: the engine keeps
 * changed index pages until a checkpoint, and the JVM keeps the heap of its garbage.
 */
public final class Checkpoints {
    // The indexes of so many rows of all tables take about 20 MB.
    private static final long ROWS_BETWEEN = 250_000;

    private final Database database;
    private long rows;

    public Checkpoints(Database database) {
        this.database = database;
    }

    /**
     * Counts stored rows and frees memory where due. Call it outside of a transaction.
     *
     * @param stored rows that were stored and committed
     */
    public void stored(long stored) {
        rows += stored;
        if (rows >= ROWS_BETWEEN) {
            database.checkpoint();
            EngineMemory.fit(database);
            HeapMemory.collectGarbage();
            rows = 0;
        }
    }
}
