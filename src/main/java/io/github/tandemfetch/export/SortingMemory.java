package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.TableCatalog.Column;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the engine may take to put rows in order: all that they need, where the machine has that to spare,
 * which is two to three times as quick; otherwise what the file was opened with, so that any number of rows is sorted by
 * way of the disk.
 */
final class SortingMemory {
    private static final long MEGABYTE = 1_000_000;
    private static final long MEGABYTES_AT_MOST = 2000;

    // Measured: with less than this the engine begins to move rows of raw_events and cgm_readings to the disk.
    private static final long BYTES_A_COLUMN = 80;
    private static final long BYTES_A_COLUMN_OF_JSON = 1000;
    private static final long MEGABYTES_TO_WRITE = 100;

    private static final Pattern SIZE = Pattern.compile("([0-9.]+) ([KMGT]i?B|bytes)");

    private final String sparing;
    private final long spareMegabytes;

    private SortingMemory(String sparing, long spareMegabytes) {
        this.sparing = sparing;
        this.spareMegabytes = spareMegabytes;
    }

    /**
     * Looks at what the machine, or the container, has: half of what the engine would take by itself, and at most 2 GB.
     *
     * @param database an open database
     */
    static SortingMemory ofMachine(Database database) {
        String sparing = current(database);
        database.execute("RESET memory_limit");
        long allowed = megabytes(current(database)) / 2;
        database.execute(limit(sparing));
        return new SortingMemory(sparing, Math.min(allowed, MEGABYTES_AT_MOST));
    }

    /**
     * Nothing but what the file was opened with.
     *
     * @param database an open database
     */
    static SortingMemory sparing(Database database) {
        return new SortingMemory(current(database), 0);
    }

    /** The statement that allows no more than what the file was opened with. */
    String sparing() {
        return limit(sparing);
    }

    /** Whether the machine can hold these rows in memory, and if so how many megabytes they need. */
    OptionalLong megabytesFor(SelectedRows rows, long count) {
        long width = rows.columns().stream().mapToLong(SortingMemory::width).sum();
        long megabytes = MEGABYTES_TO_WRITE + count * width / MEGABYTE;
        return megabytes <= spareMegabytes ? OptionalLong.of(megabytes) : OptionalLong.empty();
    }

    /** The statement that allows so much memory, but not less than what the file was opened with. */
    String allowing(long megabytes) {
        return megabytes <= megabytes(sparing) ? sparing() : limit(megabytes + "MB");
    }

    private static long width(Column column) {
        return column.type().equals("JSON") ? BYTES_A_COLUMN_OF_JSON : BYTES_A_COLUMN;
    }

    private static String limit(String size) {
        return "SET memory_limit = '" + size + "'";
    }

    private static String current(Database database) {
        return database.first("SELECT current_setting('memory_limit')", row -> row.getString(1))
                .orElseThrow();
    }

    private static long megabytes(String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new IllegalStateException("The engine's memory limit is " + size);
        }
        double number = Double.parseDouble(matcher.group(1));
        return (long)
                switch (matcher.group(2).charAt(0)) {
                    case 'K' -> number * 1024 / MEGABYTE;
                    case 'M' -> number * 1024 * 1024 / MEGABYTE;
                    case 'G' -> number * 1024 * 1024 * 1024 / MEGABYTE;
                    case 'T' -> number * 1024 * 1024 * 1024 * 1024 / MEGABYTE;
                    default -> number / MEGABYTE;
                };
    }
}
