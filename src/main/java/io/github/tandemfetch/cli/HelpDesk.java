package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.ConfigurationException;
import io.github.tandemfetch.config.EnvironmentProducer;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Answers {@code --help} and {@code --version} of every command, before any service is started: that takes longer than
 * the answer.
 */
final class HelpDesk {
    private static final Set<String> QUESTIONS = Set.of("-h", "--help", "-V", "--version");

    private final Output output = new Output(new Terminal(new EnvironmentProducer().environment()));

    /**
     * Answers, where a question was asked.
     *
     * @param args the command line
     * @return the exit code, or empty where the command line asks for work, or is not understood
     */
    OptionalInt answer(String... args) {
        if (args.length > 0 && List.of(args).stream().noneMatch(QUESTIONS::contains)) {
            return OptionalInt.empty();
        }
        CommandLine commandLine =
                new CommandLineConfiguration().configured(CommandTree.of(new ShownCommands(output), args), output);
        if (args.length > 0 && !isQuestion(commandLine, args)) {
            return OptionalInt.empty();
        }
        int code = commandLine.execute(args);
        commandLine.getOut().flush();
        return OptionalInt.of(code);
    }

    /**
     * Says that the command line cannot be read.
     *
     * @return the exit code
     */
    int refuse(ConfigurationException failure, String... args) {
        return new FailureReporter(output).report(failure, args);
    }

    private static boolean isQuestion(CommandLine commandLine, String... args) {
        try {
            ParseResult parsed = commandLine.parseArgs(args);
            while (parsed.hasSubcommand() && !asks(parsed)) {
                parsed = parsed.subcommand();
            }
            return asks(parsed);
        } catch (ParameterException e) {
            // Told by the program itself, with all that it knows.
            return false;
        }
    }

    private static boolean asks(ParseResult parsed) {
        return parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
    }
}
