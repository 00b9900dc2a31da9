package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog.Column;
import java.util.OptionalLong;

/**
 * How much memory the engine may take to put rows in order: all that they need, where the machine has that to spare,
 * which is two to three times as quick; otherwise so little that any number of rows is sorted by way of the disk.
 */
final class SortingMemory {
    private static final long MEGABYTE = 1_000_000;

    // Measured: with less than this the engine begins to move rows of raw_events and glucose readings to the disk.
    private static final long BYTES_A_COLUMN = 80;
    private static final long BYTES_A_COLUMN_OF_JSON = 1000;
    private static final long MEGABYTES_TO_WRITE = 100;

    private final EngineShare share;

    /**
     * Decides for one export.
     *
     * @param share what it has of the engine's memory
     */
    SortingMemory(EngineShare share) {
        this.share = share;
    }

    /** Takes all that these rows need; false where that is too much, and nothing was taken. */
    boolean takeAllFor(SelectedRows rows, long count) {
        OptionalLong needed = megabytesFor(rows, count);
        needed.ifPresent(megabytes -> share.take(Math.max(megabytes, EngineShare.SPARING)));
        return needed.isPresent();
    }

    /** Takes what any number of rows can be sorted with. */
    void takeLittle() {
        share.take(EngineShare.SPARING);
    }

    private OptionalLong megabytesFor(SelectedRows rows, long count) {
        long width = rows.columns().stream().mapToLong(SortingMemory::width).sum();
        long megabytes = MEGABYTES_TO_WRITE + count * width / MEGABYTE;
        return megabytes <= share.megabytesToSpare() ? OptionalLong.of(megabytes) : OptionalLong.empty();
    }

    private static long width(Column column) {
        return column.type().equals("JSON") ? BYTES_A_COLUMN_OF_JSON : BYTES_A_COLUMN;
    }
}
