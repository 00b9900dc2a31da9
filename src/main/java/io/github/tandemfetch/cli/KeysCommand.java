package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.TableInspection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem keys}. */
@Command(
        name = "keys",
        description = "The names of the properties in a table's JSON, and in how many rows each is.",
        footer = {"", "Examples:", "  tandem keys events", "  tandem keys songs --path $.device"})
class KeysCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(paramLabel = "TABLE", description = "A table; 'tandem tables' shows which there are.")
    String table;

    @Option(names = "--path", paramLabel = "PATH", description = "Where in the JSON to look, such as $.device.")
    String path;

    private final CommandSettings commandSettings;
    private final TableInspection tables;
    private final ResultPrinter printer;

    KeysCommand(CommandSettings commandSettings, TableInspection tables, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.tables = tables;
        this.printer = printer;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        printer.print(formatOptions, rows -> tables.keys(file, table, path, rows));
    }
}
