package io.github.tandemfetch.cli;

import io.github.tandemfetch.load.LoadService;
import io.github.tandemfetch.load.engine.TableType;
import picocli.CommandLine.Command;

/** {@code tandem load events}. */
@Command(
        name = "events",
        description = {
            "Load events: event_name, event_time, distinct_id, insert_id, properties.",
            "Or as Mixpanel exports them: event, properties with time, distinct_id, $insert_id.",
            "Duplicates of an insert_id are dropped; the first is kept."
        },
        footer = {
            "",
            "Examples:",
            "  tandem load events songs export.jsonl.gz",
            "  zcat 2024-*.gz | tandem load events songs - --append"
        })
class LoadEventsCommand extends LoadTableCommand {
    LoadEventsCommand(CommandSettings commandSettings, LoadService loads, Output output) {
        super(TableType.EVENTS, commandSettings, loads, output);
    }
}
