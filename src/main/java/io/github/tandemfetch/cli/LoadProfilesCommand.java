package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.engine.TableType;
import io.github.tandemfetch.store.load.LoadReport;
import io.github.tandemfetch.store.load.LoadService;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem load profiles}. */
@Command(
        name = "profiles",
        description = {
            "Load profiles: distinct_id, properties, last_seen.",
            "Or as Mixpanel exports them: $distinct_id, $properties with $last_seen.",
            "Of several with the same distinct_id the first is kept."
        },
        footer = {
            "",
            "Examples:",
            "  tandem load profiles people profiles.jsonl",
            "  tandem load profiles people profiles.jsonl --replace"
        })
class LoadProfilesCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    LoadOptions loadOptions;

    private final CommandSettings commandSettings;
    private final LoadService loads;
    private final Output output;

    LoadProfilesCommand(CommandSettings commandSettings, LoadService loads, Output output) {
        this.commandSettings = commandSettings;
        this.loads = loads;
        this.output = output;
    }

    @Override
    public void run() {
        Path file = commandSettings.load(databaseOptions.overrides()).database().value();
        LoadConsole console = new LoadConsole(output, loadOptions.progress);
        LoadReport report;
        try {
            report = loads.load(file, loadOptions.request(TableType.PROFILES), System.in, console);
        } finally {
            console.clear();
        }
        console.show(report);
        if (output.isJson()) {
            output.json(report);
        }
    }
}
