package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.query.RowSink;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that prints rows about one table. */
abstract class TableCommand implements Runnable {
    @Mixin
    FormatOptions formatOptions;

    @Parameters(
            index = "0",
            paramLabel = "TABLE",
            completionCandidates = TableNames.class,
            description = "A table; see 'tandem tables'.")
    String table;

    @Spec
    CommandSpec spec;

    private final CommandSettings commandSettings;
    private final ResultPrinter printer;

    TableCommand(CommandSettings commandSettings, ResultPrinter printer) {
        this.commandSettings = commandSettings;
        this.printer = printer;
    }

    /** The options by which the database is found. */
    abstract DatabaseOptions databaseOptions();

    /** Reads the rows about the table. */
    abstract void read(Settings settings, RowSink rows);

    /** Refuses a number of rows that is none. */
    final void requireCount(long limit) {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit is a number of rows, 0 or more");
        }
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(databaseOptions().overrides());
        printer.print(formatOptions, rows -> read(settings, rows));
    }
}
