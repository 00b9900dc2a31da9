package io.github.tandemfetch.cli;

import io.github.tandemfetch.clock.ClockReport;
import io.github.tandemfetch.clock.ClockReport.Stretch;
import io.github.tandemfetch.clock.ClockService;
import io.github.tandemfetch.config.Settings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tandem clock}. */
@Command(
        name = "clock",
        description = "Show clock changes and UTC offsets of each pump.",
        footer = {"", "Examples:", "  tandem clock", "  tandem clock --json | jq '.pumps[].stretches[-1]'"})
class ClockCommand implements Runnable {
    @Mixin
    PumpOptions pumpOptions;

    private final CommandSettings commandSettings;
    private final ClockService clockService;
    private final Output output;

    ClockCommand(CommandSettings commandSettings, ClockService clockService, Output output) {
        this.commandSettings = commandSettings;
        this.clockService = clockService;
        this.output = output;
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(pumpOptions.overrides());
        ClockReport report = clockService.of(
                settings.database().value(), settings.pumpSerial().optional());
        if (output.isJson()) {
            output.json(report);
            return;
        }
        if (report.pumps().isEmpty()) {
            output.warning("No clock is known yet: run 'tandem parse'.");
            return;
        }
        for (ClockReport.PumpTimeline pump : report.pumps()) {
            output.data("Pump " + pump.pumpSerial() + ", read with the time zone " + report.timezone() + ":");
            TextTable.of(
                            List.of("FROM (UTC)", "TO (UTC)", "OFFSET", "MOVED BY", "WHY", "FOUND BY"),
                            pump.stretches().stream().map(ClockCommand::row).toList())
                    .forEach(output::data);
            output.data("");
        }
    }

    private static List<String> row(Stretch stretch) {
        String doubt = stretch.otherOffsetSeconds() == null
                ? ""
                : ", or " + OffsetText.of(stretch.otherOffsetSeconds()) + " (in doubt)";
        return List.of(
                text(stretch.from()),
                text(stretch.to()),
                stretch.offsetSeconds() == null ? "not known" : OffsetText.of(stretch.offsetSeconds()) + doubt,
                stretch.movedBySeconds() == null ? "-" : OffsetText.of(stretch.movedBySeconds()),
                stretch.cause().replace('_', ' '),
                stretch.timeBasis());
    }

    private static String text(Instant time) {
        return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
