package io.github.tandemfetch.cli;

import io.github.tandemfetch.export.ExportListener;
import io.github.tandemfetch.export.ExportOperation;
import io.github.tandemfetch.export.ExportResult;
import io.github.tandemfetch.export.ExportSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows how an export gets on, and what came of it. */
final class ExportConsole implements ExportListener {
    private final Output output;

    ExportConsole(Output output) {
        this.output = output;
    }

    @Override
    public void started(ExportOperation operation, long rows) {
        if (output.showsProgress()) {
            output.progress(String.format(
                    Locale.ROOT, "Exporting %s: %,d rows", operation.table().tableName(), rows));
        }
    }

    @Override
    public void finished(ExportResult result) {
        if (output.showsProgress()) {
            output.progress("");
        }
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

    private static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        return bytes < 1_000_000
                ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
