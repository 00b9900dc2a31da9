package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.SettingOrigin;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.query.RowSelection;
import picocli.CommandLine.Mixin;

/** A command that looks at the rows of one table, of all pumps or of one. */
abstract class RowsCommand extends TableCommand {
    @Mixin
    PumpOptions pumpOptions;

    RowsCommand(CommandSettings commandSettings, ResultPrinter printer) {
        super(commandSettings, printer);
    }

    @Override
    final DatabaseOptions databaseOptions() {
        return pumpOptions;
    }

    /** A pump that is chosen for all commands does not concern a table that is no pump's. */
    final RowSelection rows(Settings settings) {
        return new RowSelection(
                settings.database().value(),
                table,
                settings.pumpSerial().optional().orElse(null),
                settings.pumpSerial().origin().kind() == SettingOrigin.Kind.FLAG);
    }
}
