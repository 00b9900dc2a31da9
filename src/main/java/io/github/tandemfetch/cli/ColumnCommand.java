package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.TableInspection;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem column}. */
@Command(
        name = "column",
        description = "The most frequent values of a column, or of a place in its JSON.",
        footer = {
            "",
            "Examples:",
            "  tandem column cgm_readings status",
            "  tandem column songs properties.country",
            "  tandem column songs $.device.model --limit 3"
        })
class ColumnCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(index = "0", paramLabel = "TABLE", description = "A table; 'tandem tables' shows which there are.")
    String table;

    @Parameters(
            index = "1",
            paramLabel = "EXPR",
            description = "A column, or a place in its JSON: status, properties.country, $.country.")
    String expression;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many values; default: ${DEFAULT-VALUE}.")
    long limit;

    private final CommandSettings commandSettings;
    private final TableInspection tables;
    private final ResultPrinter printer;

    ColumnCommand(CommandSettings commandSettings, TableInspection tables, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.tables = tables;
        this.printer = printer;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        printer.print(formatOptions, rows -> tables.column(file, table, expression, limit, rows));
    }
}
