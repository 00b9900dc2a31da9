package io.github.tandemfetch.cli;

import io.github.tandemfetch.demo.DemoReport;
import io.github.tandemfetch.demo.DemoService;
import io.github.tandemfetch.domain.CgmReadings;
import io.github.tandemfetch.export.ExportResult;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem demo}. */
@Command(
        name = "demo",
        description = {
            "Run everything against a simulated service, without an account.",
            "Logs in, syncs, and exports. Recreates data/demo.db; does not touch your own database."
        },
        footer = {"", "Examples:", "  tandem demo", "  tandem demo --days 30"})
class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--days",
            defaultValue = "365",
            description = "Days of history of each of the two pumps; default: ${DEFAULT-VALUE}.")
    int days;

    @Spec
    CommandSpec spec;

    private final DemoService demo;
    private final Output output;

    DemoCommand(DemoService demo, Output output) {
        this.demo = demo;
        this.output = output;
    }

    @Override
    public Integer call() {
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "A demo needs at least one day, not " + days);
        }
        PipelineConsole pipelineConsole = new PipelineConsole(output);
        ExportConsole exportConsole = new ExportConsole(output);
        DemoReport report = demo.run(
                days,
                service -> output.summary("A simulated Tandem Source is at " + service.sourceUrl() + "."),
                pipelineConsole,
                pipelineConsole,
                exportConsole);
        if (output.isJson()) {
            output.json(report);
        } else {
            pipelineConsole.show(report.sync().parse());
            pipelineConsole.show(report.sync().extract());
            output.summary(String.format(
                    Locale.ROOT, "Synced in %.1f s. Database: %s", report.syncSeconds(), report.database()));
            output.summary("");
            exportConsole.show(report.export());
            suggest(report);
        }
        ExitStatus status = report.export().exitStatus();
        boolean complete = report.sync().fetch().complete();
        return (status == ExitStatus.SUCCESS && !complete ? ExitStatus.PARTIAL_SUCCESS : status).code();
    }

    private void suggest(DemoReport report) {
        String glucose = report.export().results().stream()
                .filter(ExportResult::success)
                .map(result -> result.outputPath().toString())
                .filter(path -> path.contains(CgmReadings.NAME))
                .findFirst()
                .orElse("");
        output.summary("");
        output.summary("Try next:");
        output.summary("  tandem status --db data/demo.db");
        output.summary("  tandem export --db data/demo.db --no-fetch -t " + CgmReadings.NAME + " -f csv");
        if (!glucose.isEmpty()) {
            output.summary("  duckdb -c \"SELECT date_trunc('day', timestamp) AS day, avg(cgm_reading) FROM '" + glucose
                    + "' GROUP BY ALL ORDER BY ALL\"");
        }
    }
}
