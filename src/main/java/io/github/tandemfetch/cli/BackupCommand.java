package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.backup.BackupReport;
import io.github.tandemfetch.store.backup.BackupService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tandem backup}. */
@Command(
        name = "backup",
        description = "Back up the database to a file.",
        footer = {
            "",
            "Examples:",
            "  tandem backup ~/backups/tandem-$(date +%%F).db",
            "  tandem backup /media/stick/tandem.db --overwrite"
        })
class BackupCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Parameters(paramLabel = "FILE", description = "The backup file to write.")
    Path file;

    @Option(names = "--overwrite", description = "Replace an existing file.")
    boolean overwrite;

    private final CommandSettings commandSettings;
    private final BackupService backups;
    private final Prompt prompt;
    private final Output output;

    BackupCommand(CommandSettings commandSettings, BackupService backups, Prompt prompt, Output output) {
        this.commandSettings = commandSettings;
        this.backups = backups;
        this.prompt = prompt;
        this.output = output;
    }

    @Override
    public void run() {
        Path database =
                commandSettings.load(databaseOptions.overrides()).database().value();
        boolean replace = overwrite || Files.isRegularFile(file) && prompt.confirm("Replace " + file + "?");
        BackupReport report = backups.backup(database, file, replace);
        if (output.isJson()) {
            output.json(report);
            return;
        }
        output.summary(String.format(
                Locale.ROOT,
                "%s in %s copied to %s (%,.1f MB), opened and counted, in %.1f s.",
                PipelineConsole.count(
                        report.tables().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        "row"),
                PipelineConsole.count(report.tables().size(), "table"),
                report.file(),
                report.sizeBytes() / 1e6,
                report.seconds()));
    }
}
