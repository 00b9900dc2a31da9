package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;

/** {@code tandem summarize}. */
@Command(
        name = "summarize",
        description = "Show column statistics: min, max, distinct, nulls.",
        footer = {"", "Examples:", "  tandem summarize " + CgmReadings.NAME})
class SummarizeCommand extends RowsCommand {
    private final TableInspector tables;

    SummarizeCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    void read(Settings settings, RowSink rows) {
        tables.summarize(rows(settings), rows);
    }
}
