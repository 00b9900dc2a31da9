package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tandem keys}. */
@Command(
        name = "keys",
        description = "List property names in a table's JSON, with row counts.",
        footer = {"", "Examples:", "  tandem keys events", "  tandem keys songs --path $.device"})
class KeysCommand extends RowsCommand {
    @Option(names = "--path", paramLabel = "PATH", description = "JSON path to look at, such as $.device.")
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
