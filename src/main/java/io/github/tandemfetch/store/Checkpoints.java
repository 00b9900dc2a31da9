package io.github.tandemfetch.store;

/**
 * Has the engine write out its indexes every so many rows. It keeps what it changed of them in memory until then, so
 * that a long history in one run would need ever more of it.
 */
public final class Checkpoints {
    // The indexes of so many rows of all tables take about 40 MB.
    private static final long ROWS_BETWEEN = 500_000;

    private final Database database;
    private long rows;

    /**
     * Begins to count.
     *
     * @param database the open database
     */
    public Checkpoints(Database database) {
        this.database = database;
    }

    /**
     * Notes stored rows, and has the indexes written out where they have become many. To be called outside of a
     * transaction.
     *
     * @param stored how many rows were stored and committed
     * @throws DatabaseException where the engine fails
     */
    public void stored(long stored) {
        rows += stored;
        if (rows >= ROWS_BETWEEN) {
            database.checkpoint();
            EngineMemory.fit(database);
            rows = 0;
        }
    }
}
