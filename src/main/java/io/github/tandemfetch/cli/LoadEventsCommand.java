package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.engine.TableType;
import io.github.tandemfetch.store.load.LoadReport;
import io.github.tandemfetch.store.load.LoadService;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem load events}. */
@Command(
        name = "events",
        description = {
            "Load events: event_name, event_time, distinct_id, insert_id, properties.",
            "Or as Mixpanel exports them: event, properties with time, distinct_id, $insert_id.",
            "Of several with the same insert_id the first is kept."
        },
        footer = {
            "",
            "Examples:",
            "  tandem load events songs export.jsonl.gz",
            "  zcat 2024-*.gz | tandem load events songs - --append"
        })
class LoadEventsCommand implements Runnable {
    @Mixin
    DatabaseOptions databaseOptions;

    @Mixin
    LoadOptions loadOptions;

    private final CommandSettings commandSettings;
    private final LoadService loads;
    private final Output output;

    LoadEventsCommand(CommandSettings commandSettings, LoadService loads, Output output) {
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
            report = loads.load(file, loadOptions.request(TableType.EVENTS), System.in, console);
        } finally {
            console.clear();
        }
        console.show(report);
        if (output.isJson()) {
            output.json(report);
        }
    }
}
