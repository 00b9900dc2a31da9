package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.FetchReport;
import io.github.tandemfetch.pipeline.GapFetchReport;
import io.github.tandemfetch.pipeline.PipelineService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem fetch}. */
@Command(
        name = "fetch",
        description = "Stage 1: fetch new raw events.",
        footer = {"", "Examples:", "  tandem fetch", "  tandem fetch --pump 90012345", "  tandem fetch --gaps"})
class FetchCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions;

    @Option(
            names = "--gaps",
            description = "Refetch missing sequence numbers, and nothing else. 'tandem sync' parses the result.")
    boolean gaps;

    private final CommandSettings commandSettings;
    private final PipelineService pipeline;
    private final Output output;

    FetchCommand(CommandSettings commandSettings, PipelineService pipeline, Output output) {
        this.commandSettings = commandSettings;
        this.pipeline = pipeline;
        this.output = output;
    }

    @Override
    public Integer call() {
        Settings settings = commandSettings.load(settingsOptions.overrides());
        PipelineConsole console = new PipelineConsole(output);
        if (gaps) {
            return fetchGaps(settings, console);
        }
        FetchReport report = new InterruptionNote(output).during(() -> pipeline.fetch(settings, console, console));
        if (output.isJson()) {
            output.json(report);
        } else {
            console.show(report);
        }
        return (report.complete() ? ExitStatus.SUCCESS : ExitStatus.PARTIAL_SUCCESS).code();
    }

    private int fetchGaps(Settings settings, PipelineConsole console) {
        GapFetchReport report =
                new InterruptionNote(output).during(() -> pipeline.fetchGaps(settings, console, console));
        if (output.isJson()) {
            output.json(report);
        } else {
            console.show(report);
        }
        return (report.complete() ? ExitStatus.SUCCESS : ExitStatus.PARTIAL_SUCCESS).code();
    }
}
