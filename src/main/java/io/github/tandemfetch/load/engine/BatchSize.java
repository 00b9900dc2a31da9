package io.github.tandemfetch.load.engine;

/**
 * How many records are taken from an iterator before they are inserted and their number is told.
 *
 * @param records the number
 */
public record BatchSize(int records) {
    /** The smallest batch that is allowed. */
    public static final int SMALLEST = 100;

    /** The largest batch that is allowed. */
    public static final int LARGEST = 100_000;

    /** What is taken where nobody chooses. */
    public static final BatchSize DEFAULT = new BatchSize(2_500);

    /** Checks the bounds. */
    public BatchSize {
        if (records < SMALLEST || records > LARGEST) {
            throw new InvalidBatchSizeException(records);
        }
    }
}
