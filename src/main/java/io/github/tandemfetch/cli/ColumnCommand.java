package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.query.RowSink;
import io.github.tandemfetch.query.TableInspector;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem column}. */
@Command(
        name = "column",
        description = "Show the most frequent values of a column or JSON path.",
        footer = {
            "",
            "Examples:",
            "  tandem column " + CgmReadings.NAME + " status",
            "  tandem column songs properties.country",
            "  tandem column songs $.device.model --limit 3"
        })
class ColumnCommand extends RowsCommand {
    @Parameters(
            index = "1",
            paramLabel = "EXPR",
            description = "A column or JSON path: status, properties.country, $.country.")
    String expression;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "10",
            description = "Number of values. Default: ${DEFAULT-VALUE}.")
    long limit;

    private final TableInspector tables;

    ColumnCommand(CommandSettings commandSettings, TableInspector tables, ResultPrinter printer) {
        super(commandSettings, printer);
        this.tables = tables;
    }

    @Override
    void read(Settings settings, RowSink rows) {
        requireCount(limit);
        tables.column(rows(settings), expression, limit, rows);
    }
}
