package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.backup.BackupService;
import io.github.tandemfetch.store.backup.RestoreReport;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem restore}. */
@Command(
        name = "restore",
        description = {"Restore the database from a backup.", "The replaced database is kept beside the new one."},
        footer = {
            "",
            "Examples:",
            "  tandem restore ~/backups/tandem-2026-11-01.db",
            "  tandem restore data/tandem.db.schema-1.backup --force"
        })
class RestoreCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    Path file;

    @Option(names = "--force", description = "Do not ask for confirmation.")
    boolean force;

    private final CommandSettings commandSettings;
    private final BackupService backups;
    private final Prompt prompt;
    private final Output output;

    RestoreCommand(CommandSettings commandSettings, BackupService backups, Prompt prompt, Output output) {
        this.commandSettings = commandSettings;
        this.backups = backups;
        this.prompt = prompt;
        this.output = output;
    }

    @Override
    public void run() {
        Path database =
                commandSettings.load(databaseOptions.overrides()).database().value();
        if (Files.exists(database) && !force && !isConfirmed(database)) {
            throw new TandemException(
                    "NOT_CONFIRMED",
                    "The database " + database + " was not replaced: not confirmed.",
                    "Answer y, or use --force.",
                    ExitStatus.INVALID_USAGE);
        }
        RestoreReport report = backups.restore(file, database);
        if (output.isJson()) {
            output.json(report);
            return;
        }
        output.summary("The database " + report.database() + " is now what " + report.from() + " holds ("
                + PipelineConsole.count(
                        report.tables().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        "row")
                + "). 'tandem sync' adds what is newer.");
        if (report.replaced() != null) {
            output.summary("What was there before is kept as " + report.replaced() + ".");
        }
    }

    private boolean isConfirmed(Path database) {
        backups.check(file, database);
        return prompt.confirm("Replace the database " + database + " with " + file + "?");
    }
}
