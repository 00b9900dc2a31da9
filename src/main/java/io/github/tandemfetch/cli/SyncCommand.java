package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.PipelineService;
import io.github.tandemfetch.pipeline.SyncReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem sync}. */
@Command(
        name = "sync",
        aliases = "run-pipeline",
        description = "Fetch, parse and extract new events.",
        footer = {
            "",
            "Examples:",
            "  tandem sync",
            "  tandem sync --db ~/diabetes/tandem.db --timezone Europe/Berlin",
            "  tandem sync --json | jq .fetch.inserted"
        })
class SyncCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions;

    private final CommandSettings commandSettings;
    private final PipelineService pipeline;
    private final Output output;

    SyncCommand(CommandSettings commandSettings, PipelineService pipeline, Output output) {
        this.commandSettings = commandSettings;
        this.pipeline = pipeline;
        this.output = output;
    }

    @Override
    public Integer call() {
        Settings settings = commandSettings.load(settingsOptions.overrides());
        PipelineConsole console = new PipelineConsole(output);
        SyncReport report = new InterruptionNote(output).during(() -> pipeline.sync(settings, console, console));
        if (output.isJson()) {
            output.json(report);
        } else {
            console.show(report.fetch());
            console.show(report.parse());
            console.show(report.extract());
            output.summary("Database: " + settings.database().value());
        }
        return (report.complete() ? ExitStatus.SUCCESS : ExitStatus.PARTIAL_SUCCESS).code();
    }
}
