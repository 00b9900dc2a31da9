package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tandem keys}. */
@Command(
        name = "keys",
        description = "The names of the properties in a table's JSON, and in how many rows each is.",
        footer = {"", "Examples:", "  tandem keys events", "  tandem keys songs --path $.device"})
class KeysCommand extends RowsCommand {
    @Option(names = "--path", paramLabel = "PATH", description = "Where in the JSON to look, such as $.device.")
    String path;

    private final TableInspector tables;

    KeysCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    void read(Settings settings, RowSink rows) {
        tables.keys(rows(settings), path, rows);
    }
}
