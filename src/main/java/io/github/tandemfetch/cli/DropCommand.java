package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.load.LoadService;
import io.github.tandemfetch.load.engine.TableInfo;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem drop}. */
@Command(
        name = "drop",
        description = "Drop a loaded table; never a table of pump data.",
        footer = {"", "Examples:", "  tandem drop songs", "  tandem drop songs --force"})
class DropCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Parameters(paramLabel = "NAME", description = "The loaded table.")
    String table;

    @Option(names = "--force", description = "Do not ask for confirmation.")
    boolean force;

    private final CommandSettings commandSettings;
    private final LoadService loads;
    private final Prompt prompt;
    private final Output output;

    DropCommand(CommandSettings commandSettings, LoadService loads, Prompt prompt, Output output) {
        this.commandSettings = commandSettings;
        this.loads = loads;
        this.prompt = prompt;
        this.output = output;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        if (!force && !isConfirmed(loads.find(file, table))) {
            throw new TandemException(
                    "NOT_CONFIRMED",
                    "The table '" + table + "' was not dropped: not confirmed.",
                    "Answer y, or use --force.",
                    ExitStatus.INVALID_USAGE);
        }
        loads.drop(file, table);
        output.summary("The table '" + table + "' was dropped.");
        if (output.isJson()) {
            output.json(Map.of("dropped", table));
        }
    }

    private boolean isConfirmed(TableInfo found) {
        return prompt.confirm(
                "Drop the table '" + found.name() + "' with " + PipelineConsole.count(found.rowCount(), "row") + "?");
    }
}
