package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.TableInspection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code tandem schema}. */
@Command(
        name = "schema",
        description = "The columns of a table.",
        footer = {"", "Examples:", "  tandem schema cgm_readings"})
class SchemaCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(paramLabel = "TABLE", description = "A table; 'tandem tables' shows which there are.")
    String table;

    private final CommandSettings commandSettings;
    private final TableInspection tables;
    private final ResultPrinter printer;

    SchemaCommand(CommandSettings commandSettings, TableInspection tables, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.tables = tables;
        this.printer = printer;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        printer.print(formatOptions, rows -> tables.schema(file, table, rows));
    }
}
