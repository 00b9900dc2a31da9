package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tandem simulate}. */
@Command(
        name = "simulate",
        description = {
            "Run a simulated Tandem Source on loopback until Ctrl-C, to try any client against.",
            "The same seed, days and last day give the same history."
        },
        footer = {
            "",
            "Examples:",
            "  tandem simulate --port 8400 --days 90 --seed 7",
            "  eval \"$(tandem simulate --port 8400 --print-env)\" && tandem sync"
        })
class SimulateCommand implements Runnable {
    @Option(names = "--port", defaultValue = "0", description = "The port; default: any that is free.")
    int port;

    @Option(names = "--days", defaultValue = "365", description = "Days of history; default: ${DEFAULT-VALUE}.")
    int days;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the history; default: ${DEFAULT-VALUE}.")
    long seed;

    private final Output output;

    SimulateCommand(Output output) {
        this.output = output;
    }

    @Override
    public void run() {}
}
