package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tandem sample}. */
@Command(
        name = "sample",
        description = "Show sample rows, evenly spaced.",
        footer = {
            "",
            "Examples:",
            "  tandem sample " + CgmReadings.NAME,
            "  tandem sample events --limit 3 --format jsonl"
        })
class SampleCommand extends RowsCommand {
    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of rows. Default: ${DEFAULT-VALUE}.")
    long limit;

    private final TableInspector tables;

    SampleCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    void read(Settings settings, RowSink rows) {
        requireCount(limit);
        tables.sample(rows(settings), limit, rows);
    }
}
