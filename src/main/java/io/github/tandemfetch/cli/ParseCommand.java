package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.pipeline.ParseReport;
import io.github.tandemfetch.pipeline.PipelineService;
import io.github.tandemfetch.pipeline.RebuildReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem parse}. */
@Command(
        name = "parse",
        description = "Stage 2: parse raw events: names, labels, UTC times.",
        footer = {"", "Examples:", "  tandem parse", "  tandem parse --rebuild --timezone America/New_York"})
class ParseCommand implements Runnable {
    @Mixin
    TimezoneOptions timezoneOptions;

    @Option(
            names = "--rebuild",
            description = "Rebuild events and domain tables from the raw events, with the current time zone.")
    boolean rebuild;

    private final CommandSettings commandSettings;
    private final PipelineService pipeline;
    private final Output output;

    ParseCommand(CommandSettings commandSettings, PipelineService pipeline, Output output) {
        this.commandSettings = commandSettings;
        this.pipeline = pipeline;
        this.output = output;
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(timezoneOptions.overrides());
        PipelineConsole console = new PipelineConsole(output);
        if (rebuild) {
            RebuildReport report = pipeline.rebuild(settings, console);
            if (output.isJson()) {
                output.json(report);
            } else {
                output.summary("Derived anew with the time zone " + report.timezone() + ".");
                console.show(report.parse());
                console.show(report.extract());
            }
            return;
        }
        ParseReport report = pipeline.parse(settings, console);
        if (output.isJson()) {
            output.json(report);
        } else {
            console.show(report);
        }
    }
}
