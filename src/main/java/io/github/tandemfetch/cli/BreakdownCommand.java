package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.TableInspection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tandem breakdown}. */
@Command(
        name = "breakdown",
        description = "How often each event happened, first and last.",
        footer = {"", "Examples:", "  tandem breakdown events", "  tandem breakdown songs --format markdown"})
class BreakdownCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(paramLabel = "TABLE", description = "A table; 'tandem tables' shows which there are.")
    String table;

    private final CommandSettings commandSettings;
    private final TableInspection tables;
    private final ResultPrinter printer;

    BreakdownCommand(CommandSettings commandSettings, TableInspection tables, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.tables = tables;
        this.printer = printer;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        printer.print(formatOptions, rows -> tables.breakdown(file, table, rows));
    }
}
