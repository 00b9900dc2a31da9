package io.github.tandemfetch.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tandem}. */
@TopCommand
@Command(
        name = "tandem",
        mixinStandardHelpOptions = true,
        scope = picocli.CommandLine.ScopeType.INHERIT,
        versionProvider = VersionProvider.class,
        description = "Your insulin pump's whole history from Tandem Source, in a DuckDB file you own.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        subcommands = {
            DemoCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            PumpsCommand.class,
            SyncCommand.class,
            WatchCommand.class,
            FetchCommand.class,
            ParseCommand.class,
            ExtractCommand.class,
            ExportCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            TablesCommand.class,
            SchemaCommand.class,
            SampleCommand.class,
            SummarizeCommand.class,
            BreakdownCommand.class,
            KeysCommand.class,
            ColumnCommand.class,
            QueryCommand.class,
            LoadCommand.class,
            DropCommand.class,
            ClockCommand.class,
            SimulateCommand.class,
            CompletionCommand.class
        })
class TandemCommand implements Runnable {
    @Mixin
    OutputOptions outputOptions;

    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
