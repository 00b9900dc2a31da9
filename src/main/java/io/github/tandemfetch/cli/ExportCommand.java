package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.export.ExportArgumentException;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportPlan;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.export.ExportSummary;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.FetchReport;
import io.github.tandemfetch.pipeline.PipelineService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem export}. */
@Command(
        name = "export",
        aliases = "export-data",
        description = {
            "Export tables to Parquet, CSV, JSON or JSON Lines files.",
            "With credentials, syncs first unless --no-fetch is given."
        },
        footer = {
            "",
            "Examples:",
            "  tandem export --no-fetch",
            "  tandem export -t " + CgmReadings.NAME + " -f csv --start-date 2026-01-01 --end-date 2026-01-31",
            "  tandem export --tables events " + CgmReadings.NAME + " -o ~/diabetes/exports",
            "  tandem export -t events --partition-by month --no-fetch",
            "  tandem export -t " + CgmReadings.NAME + " -f csv --columns timestamp,cgm_reading -o - | head"
        })
class ExportCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions;

    @Mixin
    ExportOptions options;

    @Option(names = "--dry-run", description = "Show what would be written; sync and write nothing.")
    boolean dryRun;

    private final CommandSettings commandSettings;
    private final PipelineService pipeline;
    private final ExportService exports;
    private final Prompt prompt;
    private final Terminal terminal;
    private final Output output;
    private final Environment environment;
    private final Clock clock;

    ExportCommand(
            CommandSettings commandSettings,
            PipelineService pipeline,
            ExportService exports,
            Prompt prompt,
            Terminal terminal,
            Output output,
            Environment environment,
            Clock clock) {
        this.commandSettings = commandSettings;
        this.pipeline = pipeline;
        this.exports = exports;
        this.prompt = prompt;
        this.terminal = terminal;
        this.output = output;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Settings settings = commandSettings.load(settingsOptions.overrides(options.namedFolder()));
        ExportConfig config = options.config(settings, environment.workingDirectory(), clock.instant());
        Path database = settings.database().value();
        if (dryRun) {
            show(exports.plan(database, config));
            return ExitStatus.SUCCESS.code();
        }
        if (config.isToStandardOutput() && output.isJson()) {
            throw new ExportArgumentException(
                    "STANDARD_OUTPUT_TAKEN",
                    "Standard output cannot take both the table and the summary that --json asks for.",
                    "Leave --json out, or write the table to a file.");
        }
        exports.checkColumns(database, config);
        config = withConsentToOverwrite(config);
        boolean complete = !config.fetchLatest() || fetchLatest(settings);
        ExitStatus exported = export(database, config);
        return (exported == ExitStatus.SUCCESS && !complete ? ExitStatus.PARTIAL_SUCCESS : exported).code();
    }

    private ExitStatus export(Path database, ExportConfig config) {
        ExportConsole console = new ExportConsole(output);
        console.begin(database, config);
        ExportSummary summary = config.isToStandardOutput()
                ? exports.stream(database, config, output.dataStream(), temporaryFolder(), console)
                : exports.export(database, config, console);
        console.show(summary);
        if (output.isJson()) {
            output.json(summary);
        } else if (!terminal.isOutput() && !config.isToStandardOutput()) {
            summary.results().stream()
                    .filter(result -> result.success())
                    .forEach(result -> output.text(result.outputPath().toString()));
        }
        return summary.exitStatus();
    }

    private Path temporaryFolder() {
        return environment
                .workingDirectory()
                .resolve(environment.variable("TMPDIR").orElseGet(() -> System.getProperty("java.io.tmpdir")));
    }

    private void show(ExportPlan plan) {
        if (output.isJson()) {
            output.json(plan);
        } else {
            new ExportConsole(output).lines(plan).forEach(output::data);
        }
    }

    private boolean fetchLatest(Settings settings) {
        PipelineConsole console = new PipelineConsole(output);
        FetchReport fetched = pipeline.sync(settings, console, console).fetch();
        console.show(fetched);
        return fetched.complete();
    }

    // Before anything is fetched: a person need not wait for the question.
    private ExportConfig withConsentToOverwrite(ExportConfig config) {
        List<Path> existing = config.overwrite() ? List.of() : exports.existingFiles(config);
        if (existing.isEmpty() || !prompt.canAsk()) {
            return config;
        }
        return config.withOverwrite(
                prompt.confirm("Replace " + (existing.size() == 1 ? existing.get(0) : existing) + "?"));
    }
}
