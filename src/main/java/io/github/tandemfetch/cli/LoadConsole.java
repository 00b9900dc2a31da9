package io.github.tandemfetch.cli;

import io.github.tandemfetch.load.LoadListener;
import io.github.tandemfetch.load.LoadReport;
import java.time.Duration;
import java.util.Locale;

/** Tells how a load gets on and what came of it. */
final class LoadConsole implements LoadListener {
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final int SKIPPED_SHOWN = 5;
    private static final long LINE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Output output;
    private final boolean lines;
    private final long start = System.nanoTime();
    private long toldNanos = start;
    private boolean drawn;

    LoadConsole(Output output, boolean always) {
        this.output = output;
        this.lines = always && !output.showsProgress();
    }

    @Override
    public void progressed(long rows, long read, long size) {
        long now = System.nanoTime();
        if (lines && now - toldNanos >= LINE_NANOS) {
            toldNanos = now;
            output.summary(text(rows, read, size, now));
        } else if (output.showsProgress() && now - toldNanos >= REDRAW_NANOS) {
            toldNanos = now;
            drawn = true;
            String text = text(rows, read, size, now);
            output.progress(
                    size == 0 ? "Loading " + text : ProgressLine.line("Loading", Math.min(read, size), size, text));
        }
    }

    void clear() {
        if (drawn) {
            output.progress("");
        }
    }

    void show(LoadReport report) {
        long repeated = report.repeated();
        output.summary(String.format(
                Locale.ROOT,
                "%s: %s inserted%s; %,d in all, %.1f s.",
                report.table(),
                PipelineConsole.count(report.inserted(), "row"),
                repeated == 0 ? "" : ", " + PipelineConsole.count(repeated, "repetition") + " left out",
                report.rowCount(),
                seconds(System.nanoTime())));
        if (report.skipped() > 0) {
            output.warning(PipelineConsole.count(report.skipped(), "invalid record") + " skipped:");
            report.skippedRecords().stream()
                    .limit(SKIPPED_SHOWN)
                    .forEach(skipped -> output.note("  line " + skipped.line() + ": "
                            + (skipped.field() == null ? "it " : "'" + skipped.field() + "' ") + skipped.problem()));
            if (report.skipped() > SKIPPED_SHOWN) {
                output.note(String.format(Locale.ROOT, "  and %,d more", report.skipped() - SKIPPED_SHOWN));
            }
        }
    }

    private String text(long rows, long read, long size, long now) {
        double seconds = seconds(now);
        String text = String.format(Locale.ROOT, "%,d rows, %,.0f/s", rows, rows / seconds);
        if (size == 0 || read == 0) {
            return text;
        }
        // A file may have grown since.
        long done = Math.min(read, size);
        return String.format(
                Locale.ROOT,
                "%d %%, %s, %s left",
                100 * done / size,
                text,
                ProgressLine.duration(seconds / done * (size - done)));
    }

    private double seconds(long now) {
        return (now - start) / 1e9;
    }
}
