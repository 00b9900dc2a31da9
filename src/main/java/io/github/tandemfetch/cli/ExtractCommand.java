package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.ExtractReport;
import io.github.tandemfetch.pipeline.PipelineService;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tandem extract}. */
@Command(
        name = "extract",
        description = "Stage 3: fill the domain tables from events.",
        footer = {"", "Examples:", "  tandem extract", "  tandem extract " + CgmReadings.NAME})
class ExtractCommand implements Callable<Integer> {
    @Mixin
    TimezoneOptions timezoneOptions;

    @Parameters(
            paramLabel = "TABLE",
            arity = "0..*",
            completionCandidates = DomainTableNames.class,
            description = "Domain tables to fill: ${COMPLETION-CANDIDATES}. Default: all.")
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
        List<DomainTable> tables = tables();
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

    private List<DomainTable> tables() {
        for (String name : tableNames) {
            if (DomainTables.named(name).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "'" + name + "' is not a domain table. The domain tables are "
                                + DomainTables.ALL.stream()
                                        .map(DomainTable::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
        return DomainTables.ALL.stream()
                .filter(table -> tableNames.isEmpty() || tableNames.contains(table.name()))
                .toList();
    }
}
