package io.github.tandemfetch.cli;

import io.github.tandemfetch.load.LoadService;
import io.github.tandemfetch.load.engine.TableType;
import picocli.CommandLine.Command;

/** {@code tandem load profiles}. */
@Command(
        name = "profiles",
        description = {
            "Load profiles: distinct_id, properties, last_seen.",
            "Or as Mixpanel exports them: $distinct_id, $properties with $last_seen.",
            "Duplicates of a distinct_id are dropped; the first is kept."
        },
        footer = {
            "",
            "Examples:",
            "  tandem load profiles people profiles.jsonl",
            "  tandem load profiles people profiles.jsonl --replace"
        })
class LoadProfilesCommand extends LoadTableCommand {
    LoadProfilesCommand(CommandSettings commandSettings, LoadService loads, Output output) {
        super(TableType.PROFILES, commandSettings, loads, output);
    }
}
