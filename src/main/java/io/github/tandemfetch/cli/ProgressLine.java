package io.github.tandemfetch.cli;

import io.github.tandemfetch.query.format.PrintableText;
import java.time.Duration;
import java.util.Locale;

/** One line on standard error that tells how far a piece of work is, how fast it goes and how long it still takes. */
final class ProgressLine {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final int WIDTH = 79;
    private static final int LONGEST_BAR = 24;
    private static final int SHORTEST_BAR = 5;

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
        label = PrintableText.line(newLabel);
        startNanos = System.nanoTime();
        drawnNanos = 0;
    }

    /**
     * Tells how far the work is.
     *
     * @param done units done, at most {@code total}
     * @param total units in all
     * @param unit what is done, such as {@code rows}
     */
    void update(long done, long total, String unit) {
        update(done, total, unit, done, "");
    }

    /**
     * Tells how far work is that yields something else than it is divided into.
     *
     * @param done units done, at most {@code total}
     * @param total units in all
     * @param unit what is done, such as {@code windows}
     * @param counted what has come of it so far, for the rate
     * @param yield what is counted, such as {@code events}
     */
    void update(long done, long total, String unit, long counted, String yield) {
        long now = System.nanoTime();
        if (!output.showsProgress() || total == 0 || (drawn && now - drawnNanos < REDRAW_NANOS && done < total)) {
            return;
        }
        drawnNanos = now;
        drawn = true;
        double seconds = (now - startNanos) / 1e9;
        String left = done == 0 ? "" : ", " + duration(seconds / done * (total - done)) + " left";
        String numbers = String.format(
                Locale.ROOT,
                "%,d/%,d %s%s, %,.0f/s%s",
                done,
                total,
                unit,
                yield.isEmpty() ? "" : String.format(Locale.ROOT, ", %,d %s", counted, yield),
                seconds > 0 ? counted / seconds : 0,
                left);
        output.progress(line(label, done, total, numbers));
    }

    /** A line that wraps could not be redrawn, so the bar takes what room the numbers leave. */
    static String line(String label, long done, long total, String numbers) {
        return label + bar(done, total, WIDTH - label.length() - numbers.length() - 4) + " " + numbers;
    }

    private static String bar(long done, long total, int room) {
        int width = Math.min(room, LONGEST_BAR);
        if (width < SHORTEST_BAR) {
            return "";
        }
        int filled = (int) (width * done / total);
        return " [" + "#".repeat(filled) + ".".repeat(width - filled) + "]";
    }

    /** Takes the line away. */
    void clear() {
        if (drawn) {
            output.progress("");
            drawn = false;
        }
    }

    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }
}
