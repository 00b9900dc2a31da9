package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.load.LoadReport;
import io.github.tandemfetch.load.LoadService;
import io.github.tandemfetch.load.engine.TableType;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command that loads records of one type into a table. */
abstract class LoadTableCommand implements Callable<Integer> {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    LoadOptions loadOptions;

    private final TableType type;
    private final CommandSettings commandSettings;
    private final LoadService loads;
    private final Output output;

    LoadTableCommand(TableType type, CommandSettings commandSettings, LoadService loads, Output output) {
        this.type = type;
        this.commandSettings = commandSettings;
        this.loads = loads;
        this.output = output;
    }

    @Override
    public Integer call() {
        Path database =
                commandSettings.load(databaseOptions.overrides()).database().value();
        LoadConsole console = new LoadConsole(output, loadOptions.progress);
        LoadReport report;
        try {
            report = loads.load(database, loadOptions.request(type), System.in, console);
        } finally {
            console.clear();
        }
        console.show(report);
        if (output.isJson()) {
            output.json(report);
        }
        return (report.skipped() == 0 ? ExitStatus.SUCCESS : ExitStatus.PARTIAL_SUCCESS).code();
    }
}
