package io.github.tandemfetch.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IFactory;

/**
 * The program and its commands. Picocli reads what a command takes from its class, and for all of them together that takes
 * as long as a short command does; so where a command is named, only that one is read.
 */
final class CommandTree {
    // In the order in which help lists them.
    private static final List<Class<?>> COMMANDS = List.of(
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
            CompletionCommand.class);

    private CommandTree() {}

    /**
     * The program for a command line.
     *
     * @param factory makes the commands
     * @param args the command line
     * @return the program with the command that the first argument names, else with all
     */
    static CommandLine of(IFactory factory, String... args) {
        CommandLine program = new CommandLine(TandemCommand.class, factory);
        needed(args).forEach(command -> program.addSubcommand(command));
        return program;
    }

    private static List<Class<?>> needed(String... args) {
        return COMMANDS.stream()
                .filter(command -> args.length > 0 && isNamed(command, args[0]))
                // The completion of a shell knows every command.
                .filter(command -> command != CompletionCommand.class)
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static boolean isNamed(Class<?> command, String name) {
        Command described = command.getAnnotation(Command.class);
        return Stream.concat(Stream.of(described.name()), Arrays.stream(described.aliases()))
                .anyMatch(name::equals);
    }
}
