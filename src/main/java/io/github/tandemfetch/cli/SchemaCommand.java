package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.query.RowSink;
import io.github.tandemfetch.store.query.TableInspection;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code tandem schema}. */
@Command(
        name = "schema",
        description = "The columns of a table.",
        footer = {"", "Examples:", "  tandem schema cgm_readings"})
class SchemaCommand extends TableCommand {
    private final TableInspection tables;

    SchemaCommand(CommandSettings commandSettings, TableInspection tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    void read(Path database, RowSink rows) {
        tables.schema(database, table, rows);
    }
}
