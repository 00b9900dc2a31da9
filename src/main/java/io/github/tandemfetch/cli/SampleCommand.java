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
        description = "Some rows of a table, from its first to its last; the same ones each time.",
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
            description = "How many rows; default: ${DEFAULT-VALUE}.")
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
