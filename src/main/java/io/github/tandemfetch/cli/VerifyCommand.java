package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem verify}. */
@Command(
        name = "verify",
        description = {
            "Check the database: duplicates, orphans, values, gaps.",
            "Read-only. Exit codes: 0 verified, 5 events are missing that can be fetched, 3 damaged, 2 no events."
        },
        footer = {
            "",
            "Examples:",
            "  tandem verify",
            "  tandem verify --strict",
            "  tandem verify --json | jq '.gaps.days[] | select(.kind == \"never_uploaded\")'"
        })
class VerifyCommand implements Callable<Integer> {
    @Mixin
    DatabaseOptions databaseOptions;

    @Option(names = "--limit", paramLabel = "N", description = "Number of examples of each finding. Default: 5.")
    int limit = 5;

    @Option(names = "--all", description = "List all gaps, not only the largest.")
    boolean all;

    @Option(
            names = "--strict",
            description = "Also fail (5) for gaps that cannot be filled: never uploaded, lost on the pump, not sent.")
    boolean strict;

    @Spec
    CommandSpec spec;

    private final CommandSettings commandSettings;
    private final VerifyService service;
    private final Output output;

    VerifyCommand(CommandSettings commandSettings, VerifyService service, Output output) {
        this.commandSettings = commandSettings;
        this.service = service;
        this.output = output;
    }

    @Override
    public Integer call() {
        if (limit < 0) {
            throw new ParameterException(spec.commandLine(), "--limit must be 0 or more");
        }
        Settings settings = commandSettings.load(databaseOptions.overrides());
        commandSettings.sayAllPumps(settings, "the whole database is verified");
        VerifyReportPrinter printer = new VerifyReportPrinter(output, all);
        VerifyReport report = service.verify(settings.database().value(), limit, all, printer.progress());
        if (output.isJson()) {
            output.json(report);
        } else {
            printer.print(report);
        }
        return status(report).code();
    }

    private ExitStatus status(VerifyReport report) {
        return switch (report.verdict()) {
            case DAMAGED -> ExitStatus.STORAGE_FAILURE;
            case INCOMPLETE -> ExitStatus.PARTIAL_SUCCESS;
            case COMPLETE, PARTLY_SENT ->
                strict && report.gaps().count() > 0 ? ExitStatus.PARTIAL_SUCCESS : ExitStatus.SUCCESS;
        };
    }
}
