package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.pipeline.PipelineService;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.source.TandemSourceConnector;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tandem pumps}. */
@Command(
        name = "pumps",
        description = "List the pumps on the account.",
        footer = {"", "Examples:", "  tandem pumps", "  tandem pumps --json | jq -r '.[].serial'"})
class PumpsCommand implements Runnable {
    @Mixin
    PumpOptions pumpOptions;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            completionCandidates = RegionNames.class,
            description = "US, EU, or the account's country code. TANDEM_REGION; no default.")
    String region;

    private final CommandSettings commandSettings;
    private final TandemSourceConnector source;
    private final Output output;

    PumpsCommand(CommandSettings commandSettings, TandemSourceConnector source, Output output) {
        this.commandSettings = commandSettings;
        this.source = source;
        this.output = output;
    }

    /**
     * A pump as the command shows it.
     *
     * @param serial its serial number
     * @param model its model; null where the service does not say
     * @param software its software; null where the service does not say
     * @param firstEvent the first day with data; null where there is none
     * @param lastEvent when the newest event happened, on the pump's clock; null where there is none
     * @param lastUpload when it was last uploaded, UTC; null where it never was
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record PumpLine(
            String serial,
            String model,
            String software,
            LocalDate firstEvent,
            LocalDateTime lastEvent,
            Instant lastUpload) {

        static PumpLine of(Pump pump) {
            return new PumpLine(
                    pump.serialNumber(),
                    pump.modelName(),
                    pump.softwareVersion(),
                    pump.firstDay(),
                    pump.maxDateOfEvents(),
                    pump.lastUploadDate());
        }
    }

    @Override
    public void run() {
        Settings settings = commandSettings.load(pumpOptions.overrides().withRegion(region));
        List<PumpLine> pumps = pumps(settings);
        if (output.isJson()) {
            output.json(pumps);
            return;
        }
        if (pumps.isEmpty()) {
            output.warning("No pumps on this account.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (PumpLine pump : pumps) {
            rows.add(List.of(
                    pump.serial(),
                    text(pump.model()),
                    text(pump.firstEvent()),
                    pump.lastEvent() == null ? "never uploaded" : text(pump.lastEvent()),
                    text(pump.lastUpload())));
        }
        TextTable.of(List.of("SERIAL", "MODEL", "FIRST EVENT", "LAST EVENT (PUMP CLOCK)", "LAST UPLOAD (UTC)"), rows)
                .forEach(output::data);
    }

    private List<PumpLine> pumps(Settings settings) {
        try (TandemSourceClient client = source.connect(
                settings.requireCredentials(),
                settings.requireEndpoints(),
                settings.usableCacheDirectory(),
                new PipelineConsole(output))) {
            return PipelineService.chosen(client.pumper().pumps(), settings).stream()
                    .map(PumpLine::of)
                    .toList();
        }
    }

    private static String text(Object value) {
        return value == null ? "-" : value.toString();
    }
}
