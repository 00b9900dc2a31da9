package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import io.github.tandemfetch.failure.OutputClosedException;
import io.github.tandemfetch.failure.TandemException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where a failure becomes words and an exit code. */
final class FailureReporter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Output output;

    FailureReporter(Output output) {
        this.output = output;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ParameterException parameterFailure) {
            return handleParseException(parameterFailure, null);
        }
        Throwable root =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (root instanceof OutputClosedException closed) {
            return closed.exitStatus().code();
        }
        ErrorReport report =
                root instanceof TandemException known ? ErrorReport.of(known) : ErrorReport.unexpected(root);
        output.error(report);
        if (output.verbosity() > 1) {
            output.trace(failure);
        }
        return report.exitCode();
    }

    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (args != null) {
            output.use(optionsAmong(args));
        }
        String help = "See '" + command.getCommandSpec().qualifiedName() + " --help'.";
        output.error(new ErrorReport(
                "INVALID_ARGUMENTS", sentence(failure), suggestions(failure) + help, ExitStatus.INVALID_USAGE.code()));
        return ExitStatus.INVALID_USAGE.code();
    }

    /** Reports what keeps the command line from being parsed. */
    int report(TandemException failure, String... args) {
        output.use(optionsAmong(args));
        ErrorReport report = ErrorReport.of(failure);
        output.error(report);
        return report.exitCode();
    }

    /** The line could not be parsed, so the options that say how to speak are looked for by hand. */
    private static OutputOptions optionsAmong(String[] args) {
        OutputOptions options = new OutputOptions();
        List<String> given = List.of(args);
        options.json = given.contains("--json");
        options.noColor = given.contains("--no-color");
        return options;
    }

    private static String sentence(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                return "There is no option " + first + ".";
            }
            return isUnknownCommand(failure)
                    ? "There is no command '" + first + "'."
                    : "The argument '" + first + "' is not expected.";
        }
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("The arguments are not valid");
        return first.endsWith(".") ? first : first + ".";
    }

    private static boolean isUnknownCommand(ParameterException failure) {
        return failure instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && failure.getCommandLine().getParent() == null;
    }

    private static String suggestions(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        String unknown = unmatched.getUnmatched().get(0);
        CommandLine command = failure.getCommandLine();
        if (isUnknownCommand(failure)) {
            return NearestName.advice(unknown, command.getSubcommands().keySet()) + " ";
        }
        return NearestName.of(unknown, command.getCommandSpec().optionsMap().keySet())
                .map(option -> "Did you mean " + option + "? ")
                .orElse("");
    }
}
