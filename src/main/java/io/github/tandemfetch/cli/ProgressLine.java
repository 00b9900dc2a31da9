package io.github.tandemfetch.cli;

import java.time.Duration;
import java.util.Locale;

/** One line on standard error that tells how far a piece of work is, how fast it goes and how long it still takes. */
final class ProgressLine {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final int BAR_WIDTH = 24;

    private final Output output;
    private String label = "";
    private long startNanos;
    private long drawnNanos;
    private boolean drawn;

    ProgressLine(Output output) {
        this.output = output;
    }

    /** Begins to count the time of a new piece of work. */
    void start(String newLabel) {
        label = newLabel;
        startNanos = System.nanoTime();
        drawnNanos = 0;
    }

    /**
     * Tells how far the work is.
     *
     * @param done units done, at most {@code total}
     * @param total units in all
     * @param counted what has come of it so far, for the rate
     * @param unit what is counted, such as {@code events}
     */
    void update(long done, long total, long counted, String unit) {
        long now = System.nanoTime();
        if (!output.showsProgress() || total == 0 || (drawn && now - drawnNanos < REDRAW_NANOS && done < total)) {
            return;
        }
        drawnNanos = now;
        drawn = true;
        double seconds = (now - startNanos) / 1e9;
        String left = done == 0 ? "" : ", " + duration(seconds / done * (total - done)) + " left";
        output.progress(String.format(
                Locale.ROOT,
                "%s %s %,d/%,d, %,d %s, %,.0f/s%s",
                label,
                bar(done, total),
                done,
                total,
                counted,
                unit,
                seconds > 0 ? counted / seconds : 0,
                left));
    }

    /** Takes the line away. */
    void clear() {
        if (drawn) {
            output.progress("");
            drawn = false;
        }
    }

    static String bar(long done, long total) {
        int filled = (int) (BAR_WIDTH * done / total);
        return "[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "]";
    }

    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
