package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Map;

/** The batches would be too small to be fast, or too large to be held. */
public final class InvalidBatchSizeException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final int batchSize;

    InvalidBatchSizeException(int batchSize) {
        super(
                "INVALID_BATCH_SIZE",
                "A batch cannot be of " + batchSize + " records.",
                "Choose from " + BatchSize.SMALLEST + " to " + BatchSize.LARGEST + ".",
                ExitStatus.INVALID_USAGE,
                null);
        this.batchSize = batchSize;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("batch_size", batchSize);
    }
}
