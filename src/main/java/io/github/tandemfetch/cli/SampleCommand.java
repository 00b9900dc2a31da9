package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.TableInspection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem sample}. */
@Command(
        name = "sample",
        description = "Some rows of a table, from its first to its last; the same ones each time.",
        footer = {"", "Examples:", "  tandem sample cgm_readings", "  tandem sample events --limit 3 --format jsonl"})
class SampleCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(paramLabel = "TABLE", description = "A table; 'tandem tables' shows which there are.")
    String table;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many rows; default: ${DEFAULT-VALUE}.")
    long limit;

    private final CommandSettings commandSettings;
    private final TableInspection tables;
    private final ResultPrinter printer;

    SampleCommand(CommandSettings commandSettings, TableInspection tables, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.tables = tables;
        this.printer = printer;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        printer.print(formatOptions, rows -> tables.sample(file, table, limit, rows));
    }
}
