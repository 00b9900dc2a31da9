package io.github.tandemfetch.cli;

import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportListener;
import io.github.tandemfetch.export.ExportOperation;
import io.github.tandemfetch.export.ExportPlan;
import io.github.tandemfetch.export.ExportPlan.PlannedFile;
import io.github.tandemfetch.export.ExportResult;
import io.github.tandemfetch.export.ExportSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows how an export gets on, and what came of it. */
final class ExportConsole implements ExportListener {
    private static final String ROWS = "rows";

    private final Output output;
    private final ProgressLine line;

    ExportConsole(Output output) {
        this.output = output;
        this.line = new ProgressLine(output);
    }

    void begin(Path database, ExportConfig config) {
        if (output.verbosity() > 0) {
            output.summary("Database: " + database);
            output.summary("Days: " + days(config.dateRange()));
            output.summary("Pump: " + (config.pumpSerial() == null ? "all" : config.pumpSerial()));
        }
    }

    @Override
    public void started(ExportOperation operation, long rows) {
        if (output.verbosity() > 0) {
            output.summary(String.format(
                    Locale.ROOT,
                    "Exporting %,d rows of %s: %s %s",
                    rows,
                    operation.table().tableName(),
                    operation.query(),
                    operation.params().isEmpty() ? "" : operation.params()));
        }
        line.start("Exporting " + operation.table().tableName());
        line.update(0, rows, ROWS);
    }

    @Override
    public void progressed(ExportOperation operation, long done, long rows) {
        line.update(Math.min(done, rows), rows, ROWS);
    }

    @Override
    public void finished(ExportResult result) {
        line.clear();
    }

    List<String> lines(ExportPlan plan) {
        List<List<String>> rows = new ArrayList<>();
        for (PlannedFile file : plan.files()) {
            rows.add(List.of(
                    file.table().name(),
                    String.format(Locale.ROOT, "%,d", file.rows()),
                    file.outputPath().toString(),
                    file.exists() ? "exists" : ""));
        }
        List<String> lines = new ArrayList<>(TextTable.of(List.of("TABLE", "ROWS", "FILE", ""), rows));
        lines.add(String.format(
                Locale.ROOT,
                "Would write %s in %s as %s.%s",
                PipelineConsole.count(plan.totalRows(), "row"),
                PipelineConsole.count(plan.files().size(), plan.config().partitionBy() == null ? "file" : "folder"),
                plan.config().format().extension(),
                plan.config().fetchLatest() ? " Would sync first." : ""));
        return lines;
    }

    void show(ExportSummary summary) {
        List<List<String>> rows = new ArrayList<>();
        for (ExportResult result : summary.results()) {
            rows.add(List.of(
                    result.table(),
                    result.success() ? String.format(Locale.ROOT, "%,d", result.rowsExported()) : "failed",
                    result.success() ? bytes(result.fileSizeBytes()) : "-",
                    String.format(Locale.ROOT, "%.2f s", result.duration()),
                    result.success() ? result.outputPath().toString() : "-"));
        }
        TextTable.of(List.of("TABLE", "ROWS", "SIZE", "TIME", "FILE"), rows).forEach(output::summary);
        for (ExportResult result : summary.results()) {
            if (!result.success()) {
                output.warning(result.table() + ": " + result.error());
            }
        }
        output.summary(String.format(
                Locale.ROOT,
                "%s in %s, %.2f s.",
                PipelineConsole.count(summary.totalRows(), "row"),
                PipelineConsole.count(summary.successCount(), "file"),
                summary.totalDuration()));
    }

    private static String days(DateRange range) {
        if (range.equals(DateRange.ALL)) {
            return "all";
        }
        return "from " + (range.start() == null ? "the first" : range.start()) + " to "
                + (range.end() == null ? "the last" : range.end()) + ", UTC";
    }

    private static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
