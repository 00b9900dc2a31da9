package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem schema}. */
@Command(
        name = "schema",
        description = "Show the columns of a table.",
        footer = {"", "Examples:", "  tandem schema " + CgmReadings.NAME})
class SchemaCommand extends TableCommand {
    @Mixin
    DatabaseOptions databaseOptions;

    private final TableInspector tables;

    SchemaCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    DatabaseOptions databaseOptions() {
        return databaseOptions;
    }

    @Override
    void read(Settings settings, RowSink rows) {
        tables.schema(settings.database().value(), table, rows);
    }
}
