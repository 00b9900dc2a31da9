package io.github.tandemfetch.export;

import io.github.tandemfetch.store.Database;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory the exports of one engine may take together.
 *
 * @param megabytesToSpare how many megabytes
 */
record EngineMemory(long megabytesToSpare) {
    private static final long MEGABYTE = 1_000_000;
    private static final long MEGABYTES_AT_MOST = 2000;
    private static final Pattern SIZE = Pattern.compile("([0-9.]+) (bytes|[KMGT]iB)");

    /**
     * Looks at what the machine, or the container, has: half of what the engine would take by itself, and at most 2 GB.
     *
     * @param database an open database, whose limit is to be set afterwards
     */
    static EngineMemory ofMachine(Database database) {
        database.execute("RESET memory_limit");
        String allowed = database.first("SELECT current_setting('memory_limit')", row -> row.getString(1))
                .orElseThrow();
        return new EngineMemory(Math.min(megabytes(allowed) / 2, MEGABYTES_AT_MOST));
    }

    /** The statement that sets the limit. */
    static String limit(long megabytes) {
        return "SET memory_limit = '" + megabytes + "MB'";
    }

    private static long megabytes(String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            throw new IllegalStateException("The engine's memory limit is " + size);
        }
        double unit = Math.pow(1024, "bKMGT".indexOf(matcher.group(2).charAt(0)));
        return (long) (Double.parseDouble(matcher.group(1)) * unit / MEGABYTE);
    }
}
