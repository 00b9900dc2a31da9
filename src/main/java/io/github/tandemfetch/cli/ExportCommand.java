package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.export.ExportSummary;
import io.github.tandemfetch.export.TableSelection;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.FetchReport;
import io.github.tandemfetch.pipeline.PipelineService;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem export}. */
@Command(
        name = "export",
        aliases = "export-data",
        description = {
            "Write tables to Parquet, CSV, JSON or JSON Lines files.",
            "With credentials, what is new is fetched first, unless --no-fetch is given."
        },
        footer = {
            "",
            "Examples:",
            "  tandem export --no-fetch",
            "  tandem export -t cgm_readings -f csv --start-date 2026-01-01 --end-date 2026-01-31",
            "  tandem export --tables cgm_readings basal_deliveries -o ~/diabetes/exports"
        })
class ExportCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions;

    @Option(
            names = {"-t", "--tables", "--table"},
            paramLabel = "TABLE",
            arity = "1..*",
            completionCandidates = TableNames.class,
            description =
                    "raw_events, events, cgm_readings, basal_deliveries; several names, or the option several times."
                            + " Default: all.")
    List<String> tables = new ArrayList<>();

    @Option(names = "--all", description = "All tables, whatever --tables says.")
    boolean all;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            completionCandidates = FormatNames.class,
            description = "parquet, csv, json or jsonl; default: ${DEFAULT-VALUE}.")
    String format;

    @Option(
            names = {"-o", "--output-dir"},
            paramLabel = "DIR",
            description = "The folder for the files. TANDEM_EXPORT_DIR; default: exports/.")
    String outputDirectory;

    @Option(names = "--output-path", paramLabel = "FILE", description = "The file itself, where there is one table.")
    Path outputPath;

    @Option(names = "--start-date", paramLabel = "DATE", description = "First day, UTC, YYYY-MM-DD.")
    String startDate;

    @Option(names = "--end-date", paramLabel = "DATE", description = "Last day, UTC, YYYY-MM-DD.")
    String endDate;

    @Option(
            names = "--overwrite",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            paramLabel = "true|false",
            description = "Replace files that are there.")
    boolean overwrite;

    @ArgGroup
    FetchOptions fetchOptions = new FetchOptions();

    private final CommandSettings commandSettings;
    private final PipelineService pipeline;
    private final ExportService exports;
    private final Prompt prompt;
    private final Terminal terminal;
    private final Output output;
    private final Clock clock;

    ExportCommand(
            CommandSettings commandSettings,
            PipelineService pipeline,
            ExportService exports,
            Prompt prompt,
            Terminal terminal,
            Output output,
            Clock clock) {
        this.commandSettings = commandSettings;
        this.pipeline = pipeline;
        this.exports = exports;
        this.prompt = prompt;
        this.terminal = terminal;
        this.output = output;
        this.clock = clock;
    }

    /** Whether to fetch first. */
    static class FetchOptions {
        @Option(
                names = "--fetch-latest",
                arity = "0..1",
                fallbackValue = "true",
                paramLabel = "true|false",
                description = "Fetch what is new first. Default: true where credentials are set.")
        Boolean fetchLatest;

        @Option(names = "--no-fetch", description = "Export what is there.")
        boolean noFetch;

        boolean wanted(Settings settings) {
            if (noFetch) {
                return false;
            }
            return fetchLatest == null ? settings.hasCredentials() : fetchLatest;
        }
    }

    @Override
    public Integer call() {
        Settings settings = commandSettings.load(settingsOptions.overrides(outputDirectory));
        boolean fetch = fetchOptions.wanted(settings);
        ExportConfig config = config(settings, fetch);
        boolean complete = !fetch || fetchLatest(settings);
        config = withConsentToOverwrite(config);
        ExportSummary summary = exports.export(settings.database().value(), config, new ExportConsole(output));
        new ExportConsole(output).show(summary);
        if (output.isJson()) {
            output.json(summary);
        } else if (!terminal.isOutput()) {
            summary.results().stream()
                    .filter(result -> result.success())
                    .forEach(result -> output.data(result.outputPath().toString()));
        }
        ExitStatus status = summary.exitStatus();
        return (status == ExitStatus.SUCCESS && !complete ? ExitStatus.PARTIAL_SUCCESS : status).code();
    }

    private ExportConfig config(Settings settings, boolean fetch) {
        return ExportConfig.builder(clock.instant())
                .tables(all ? TableSelection.all() : TableSelection.named(tables))
                .format(ExportFormat.parse(format))
                .outputDirectory(settings.exportDirectory().value())
                .outputPath(outputPath)
                .dateRange(DateRange.parse(startDate, endDate))
                .fetchLatest(fetch)
                .overwrite(overwrite)
                .build();
    }

    private boolean fetchLatest(Settings settings) {
        PipelineConsole console = new PipelineConsole(output);
        FetchReport fetched = pipeline.sync(settings, console, console).fetch();
        console.show(fetched);
        return fetched.complete();
    }

    private ExportConfig withConsentToOverwrite(ExportConfig config) {
        List<Path> existing = config.overwrite() ? List.of() : exports.existingFiles(config);
        if (existing.isEmpty() || !prompt.canAsk()) {
            return config;
        }
        boolean consent = prompt.confirm("Replace " + (existing.size() == 1 ? existing.get(0) : existing) + "?");
        return new ExportConfig(
                config.tables(),
                config.format(),
                config.outputDirectory(),
                config.dateRange(),
                config.fetchLatest(),
                consent,
                config.outputPath(),
                config.timestamp());
    }
}
