package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.FetchWindow;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorFaults;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.quarkus.runtime.Quarkus;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tandem simulate}. */
@Command(
        name = "simulate",
        description = {
            "Run a simulated Tandem Source on loopback, until Ctrl-C.",
            "Prints the settings that point tandem to it. Seed, days and last day determine the history."
        },
        footer = {
            "",
            "Examples:",
            "  tandem simulate --port 8400 --days 90 --seed 7",
            "  tandem simulate --port 8400 > simulator.env   # elsewhere: set -a; . ./simulator.env; tandem sync"
        })
class SimulateCommand implements Runnable {
    @Option(names = "--port", defaultValue = "0", description = "The port. Default: a free one.")
    int port;

    @Option(
            names = "--days",
            defaultValue = "365",
            description = "Days of history of each pump; default: ${DEFAULT-VALUE}.")
    int days;

    @Option(names = "--seed", defaultValue = "1", description = "Seed of the history; default: ${DEFAULT-VALUE}.")
    long seed;

    @Option(names = "--last-day", paramLabel = "DATE", description = "Last day of the history; default: yesterday.")
    LocalDate lastDay;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            defaultValue = "America/New_York",
            description = "Time zone of the simulated person. Default: ${DEFAULT-VALUE}.")
    String timezone;

    @Option(
            names = "--region",
            paramLabel = "US|EU",
            completionCandidates = RegionNames.class,
            defaultValue = "US",
            description = "Simulated region. Default: ${DEFAULT-VALUE}.")
    String region;

    @Option(
            names = "--pumps",
            defaultValue = "2",
            description = "Number of pumps with a history, 0 to 3. Default: ${DEFAULT-VALUE}.")
    int pumps;

    @Option(names = "--plain-clock", description = "Pumps adjust for daylight saving automatically and keep time.")
    boolean plainClock;

    @Option(
            names = "--time-step",
            paramLabel = "DURATION",
            defaultValue = "0",
            converter = JitterConverter.class,
            description =
                    "Simulated time that passes with each request for the pump list; pumps upload hourly. Default: none.")
    Duration timeStep;

    @Option(
            names = "--never-send",
            paramLabel = "CODE",
            split = ",",
            description = "Event codes that the service never sends.")
    Set<Integer> neverSend = Set.of();

    @Option(
            names = "--longest-window",
            paramLabel = "DAYS",
            defaultValue = "28",
            description = "Longer windows fail as set by --long-windows. Default: ${DEFAULT-VALUE}.")
    int longestWindow;

    @Option(
            names = "--long-windows",
            paramLabel = "HOW",
            defaultValue = "timeout",
            converter = LongWindowsConverter.class,
            description = "How longer windows fail: timeout (504), rejected (400) or cut (only the first days)."
                    + " Default: ${DEFAULT-VALUE}.")
    Fault.LongWindows.How longWindows;

    @Option(
            names = "--newest-date",
            paramLabel = "DATE",
            description = "Date to report for each pump's newest event, such as 9999-12-31.")
    LocalDate newestDate;

    @Option(
            names = "--late-history",
            paramLabel = "DATE",
            description = "Day whose events appear only after the second request for the pump list.")
    LocalDate lateHistory;

    @Option(
            names = "--terminal-escapes",
            description = "Append terminal escape sequences to serial numbers and model names.")
    boolean terminalEscapes;

    @Option(
            names = "--numeric-assignment",
            description = "Send the first pump's assignmentId as a number; its log cannot be requested.")
    boolean numericAssignment;

    private final Output output;
    private final Clock clock;

    SimulateCommand(Output output, Clock clock) {
        this.output = output;
        this.clock = clock;
    }

    @Override
    public void run() {
        SimulatorOptions options = options();
        try (SimulatedTandemSource service = SimulatedTandemSource.start(options)) {
            misbehave(service.faults());
            Map<String, String> variables = variables(service, options);
            if (output.isJson()) {
                output.json(variables);
            } else {
                variables.forEach((name, value) -> output.data(name + "='" + value + "'"));
            }
            output.summary("Simulated Tandem Source is up; Ctrl-C ends it.");
            Quarkus.waitForExit();
        }
    }

    private void misbehave(SimulatorFaults faults) {
        if (!neverSend.isEmpty()) {
            faults.every(RequestKind.PUMP_LOGS, new Fault.NeverSent(neverSend), 1);
        }
        if (longestWindow < FetchWindow.MAX_DAYS) {
            faults.every(RequestKind.PUMP_LOGS, new Fault.LongWindows(longestWindow, longWindows), 1);
        }
        if (newestDate != null) {
            faults.every(RequestKind.PUMPER, new Fault.NewestDate(newestDate.atStartOfDay()), 1);
        }
        if (terminalEscapes) {
            faults.every(RequestKind.PUMPER, new Fault.TerminalEscapes(), 1);
        }
        if (numericAssignment) {
            faults.every(RequestKind.PUMPER, new Fault.NumericAssignment(), 1);
        }
        if (lateHistory != null) {
            faults.every(RequestKind.ANY, new Fault.LateHistory(lateHistory), 1);
        }
    }

    private SimulatorOptions options() {
        LocalDate last = lastDay != null
                ? lastDay
                : LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(1);
        try {
            return SimulatorOptions.defaults()
                    .withPort(port)
                    .withDays(days)
                    .withSeed(seed)
                    .withLastDay(last)
                    .withZone(ZoneId.of(timezone))
                    .withRegion(region)
                    .withPumpsWithHistory(pumps)
                    .withPlainClock(plainClock)
                    .withTimeStep(timeStep);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new TandemException(
                    "INVALID_ARGUMENTS",
                    "The simulator cannot do that: " + e.getMessage() + ".",
                    "See 'tandem simulate --help'.",
                    ExitStatus.INVALID_USAGE,
                    e);
        }
    }

    /** The settings with which tandem, or a shell, finds the simulated service. Its account is nobody's. */
    private static Map<String, String> variables(SimulatedTandemSource service, SimulatorOptions options) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("TANDEM_EMAIL", options.email());
        variables.put("TANDEM_PASSWORD", options.password());
        variables.put("TANDEM_REGION", options.region());
        variables.put("TANDEM_TIMEZONE", options.zone().getId());
        variables.put("TANDEM_SSO_URL", service.ssoUrl().toString());
        variables.put("TANDEM_ACCOUNTS_URL", service.accountsUrl().toString());
        variables.put("TANDEM_SOURCE_URL", service.sourceUrl().toString());
        variables.put("TANDEM_REDIRECT_URI", service.redirectUri().toString());
        variables.put("TANDEM_CLIENT_ID", service.clientId());
        return variables;
    }
}
