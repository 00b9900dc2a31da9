package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.OutputClosedException;
import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;

/** Sets up picocli: the exit codes, errors and colors of this program in the place of picocli's own. */
@Singleton
class CommandLineConfiguration {
    private static final String OWN_LOGGERS = "io.github.tandemfetch";

    @Produces
    CommandLine commandLine(IFactory factory, Output output, @CommandLineArguments String[] args) {
        return configured(CommandTree.of(factory, args), output);
    }

    CommandLine configured(CommandLine commandLine, Output output) {
        FailureReporter failures = new FailureReporter(output);
        commandLine.setOut(new PrintWriter(output.dataWriter()));
        commandLine.setExecutionExceptionHandler(failures);
        commandLine.setParameterExceptionHandler(failures);
        commandLine.setExecutionStrategy(parsed -> {
            OutputOptions options = outputOptions(commandLine);
            output.use(options);
            logMore(options.verbosity());
            return run(parsed);
        });
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(output.terminalColors() ? Ansi.ON : Ansi.OFF));
        commandLine.registerConverter(Path.class, CommandLineConfiguration::path);
        commandLine.setUsageHelpLongOptionsMaxWidth(30);
        commandLine.setUsageHelpAutoWidth(false);
        return commandLine;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is not a path here; for letters beyond ASCII, set LC_ALL=C.UTF-8");
        }
    }

    // Picocli hands exceptions to the handler, and lets errors of the virtual machine pass by it.
    private static int run(CommandLine.ParseResult parsed) {
        try {
            int code = new CommandLine.RunLast().execute(parsed);
            // Help is printed by picocli itself, to a writer that keeps it.
            parsed.commandSpec().commandLine().getOut().flush();
            return code;
        } catch (OutputClosedException e) {
            return e.exitStatus().code();
        } catch (Error e) {
            throw new CommandLine.ExecutionException(
                    parsed.commandSpec().commandLine(), e.getClass().getSimpleName(), e);
        }
    }

    private static OutputOptions outputOptions(CommandLine commandLine) {
        List<Object> mixins = commandLine.getCommandSpec().mixins().values().stream()
                .map(mixin -> mixin.userObject())
                .toList();
        return mixins.stream()
                .filter(OutputOptions.class::isInstance)
                .map(OutputOptions.class::cast)
                .findFirst()
                .orElseGet(OutputOptions::new);
    }

    // Only our own loggers: those of the HTTP libraries print headers, and so tokens.
    private static void logMore(int verbosity) {
        if (verbosity > 0) {
            Logger.getLogger(OWN_LOGGERS).setLevel(verbosity > 1 ? Level.DEBUG : Level.INFO);
        }
    }
}
