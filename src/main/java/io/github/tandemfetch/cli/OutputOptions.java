package io.github.tandemfetch.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command that say how it speaks. */
public class OutputOptions {
    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the result as one JSON document, errors as one JSON object.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print no progress and no summary.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more; twice: with the stack trace of a failure.")
    boolean[] verbose = new boolean[0];

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colours. NO_COLOR does the same.")
    boolean noColor;

    int verbosity() {
        return verbose.length;
    }
}
