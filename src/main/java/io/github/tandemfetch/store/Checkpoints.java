package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;

/**
 * Gives memory back every so many rows, so that a long history in one run does not need ever more of it: the engine
 * keeps what it changed of its indexes until they are written out, and the virtual machine the room of its garbage.
 */
public final class Checkpoints {
    // The indexes of so many rows of all tables take about 20 MB.
    private static final long ROWS_BETWEEN = 250_000;

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
     * Notes stored rows, and gives memory back where they have become many. To be called outside of a transaction.
     *
     * @param stored how many rows were stored and committed
     * @throws DatabaseException where the engine fails
     */
    public void stored(long stored) {
        rows += stored;
        if (rows >= ROWS_BETWEEN) {
            database.checkpoint();
            EngineMemory.fit(database);
            HeapMemory.giveBack();
            rows = 0;
        }
    }
}
