package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.RowSink;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that prints rows about one table. */
abstract class TableCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    FormatOptions formatOptions;

    @Parameters(
            index = "0",
            paramLabel = "TABLE",
            completionCandidates = TableNames.class,
            description = "A table; 'tandem tables' shows which there are.")
    String table;

    private final CommandSettings commandSettings;
    private final ResultPrinter printer;

    TableCommand(CommandSettings commandSettings, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.printer = printer;
    }

    /** Reads the rows about the table. */
    abstract void read(Path database, RowSink rows);

    @Override
    public void run() {
        Path database =
                commandSettings.load(databaseOptions.overrides()).database().value();
        printer.print(formatOptions, rows -> read(database, rows));
    }
}
