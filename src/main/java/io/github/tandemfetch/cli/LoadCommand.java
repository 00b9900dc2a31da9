package io.github.tandemfetch.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem load}. */
@Command(
        name = "load",
        description = "Load events or profiles into a new table.",
        subcommands = {LoadEventsCommand.class, LoadProfilesCommand.class},
        footer = {
            "",
            "Examples:",
            "  tandem load events songs export.jsonl.gz",
            "  tandem load events songs export.csv --on-error skip",
            "  tandem load profiles people profiles.jsonl --replace"
        })
class LoadCommand implements Runnable {
    @Spec
    CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to load: events or profiles");
    }
}
