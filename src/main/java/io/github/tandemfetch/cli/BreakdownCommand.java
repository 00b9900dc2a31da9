package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;

/** {@code tandem breakdown}. */
@Command(
        name = "breakdown",
        description = "Count events by name, with first and last time.",
        footer = {"", "Examples:", "  tandem breakdown events", "  tandem breakdown songs --format markdown"})
class BreakdownCommand extends RowsCommand {
    private final TableInspector tables;

    BreakdownCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    void read(Settings settings, RowSink rows) {
        tables.breakdown(rows(settings), rows);
    }
}
