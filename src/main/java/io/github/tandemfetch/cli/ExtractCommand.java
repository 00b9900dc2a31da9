package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.ExtractReport;
import io.github.tandemfetch.pipeline.PipelineService;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem extract}. */
@Command(
        name = "extract",
        description = "Stage 3: fill the domain tables from the events.",
        footer = {"", "Examples:", "  tandem extract", "  tandem extract cgm_readings"})
class ExtractCommand implements Callable<Integer> {
    @Mixin
    TimezoneOptions timezoneOptions;

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            completionCandidates = DomainTableNames.class,
            description = "cgm_readings, basal_deliveries; none means all.")
    List<String> tableNames = List.of();

    @Spec
    CommandSpec spec;

    private final CommandSettings commandSettings;
    private final PipelineService pipeline;
    private final Output output;

    ExtractCommand(CommandSettings commandSettings, PipelineService pipeline, Output output) {
        this.commandSettings = commandSettings;
        this.pipeline = pipeline;
        this.output = output;
    }

    @Override
    public Integer call() {
        Set<PumpTable> tables = tables();
        Settings settings = commandSettings.load(timezoneOptions.overrides());
        PipelineConsole console = new PipelineConsole(output);
        ExtractReport report = pipeline.extract(settings, tables, console);
        if (output.isJson()) {
            output.json(report);
        } else {
            console.show(report);
        }
        return (report.complete() ? ExitStatus.SUCCESS : ExitStatus.PARTIAL_SUCCESS).code();
    }

    private Set<PumpTable> tables() {
        if (tableNames.isEmpty()) {
            return PipelineService.DOMAIN_TABLES;
        }
        Set<PumpTable> tables = EnumSet.noneOf(PumpTable.class);
        for (String name : tableNames) {
            tables.add(PumpTable.named(name)
                    .filter(PipelineService.DOMAIN_TABLES::contains)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "'" + name + "' is no table that is extracted; there are cgm_readings and"
                                    + " basal_deliveries")));
        }
        return tables;
    }
}
