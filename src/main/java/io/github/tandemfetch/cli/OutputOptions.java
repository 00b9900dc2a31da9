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
            description = "Verbose output; -vv adds stack traces.")
    boolean[] verbose = new boolean[0];

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "Disable colors; as NO_COLOR does.")
    boolean noColor;

    int verbosity() {
        return verbose.length;
    }
}
