package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;

/** The number of records taken from an iterator between two progress reports. */
public record BatchSize(int records) {
    public static final int SMALLEST = 100;

    public static final int LARGEST = 100_000;

    public static final BatchSize DEFAULT = new BatchSize(2_500);

    /**
     * Checks the bounds.
     *
     * @throws DatabaseException below {@link #SMALLEST} or above {@link #LARGEST}
     */
    public BatchSize {
        if (records < SMALLEST || records > LARGEST) {
            throw EngineErrors.invalidBatchSize(records);
        }
    }
}
