package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.query.TableInspector;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem tables}. */
@Command(
        name = "tables",
        description = "List tables with rows, first and last time.",
        footer = {"", "Examples:", "  tandem tables", "  tandem tables --format csv"})
class TablesCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    private final CommandSettings commandSettings;
    private final TableInspector tables;
    private final ResultPrinter printer;

    TablesCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.tables = tables;
        this.printer = printer;
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(databaseOptions.overrides());
        commandSettings.sayAllPumps(settings, "the rows of all pumps are counted");
        Path file = settings.database().value();
        printer.print(formatOptions, rows -> tables.tables(file, rows));
    }
}
