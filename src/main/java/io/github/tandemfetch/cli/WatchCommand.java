package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.pipeline.SyncPass;
import io.github.tandemfetch.watch.HealthFile;
import io.github.tandemfetch.watch.NewEventsHook;
import io.github.tandemfetch.watch.SyncLoop;
import io.github.tandemfetch.watch.WatchCycle;
import io.github.tandemfetch.watch.WatchListener;
import io.github.tandemfetch.watch.WatchOptions;
import io.github.tandemfetch.watch.WatchService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tandem watch}. */
@Command(
        name = "watch",
        description = {
            "Sync at an interval, until Ctrl-C.",
            "A failed cycle prints one line and is retried; a refused login ends it (exit code 4).",
            "The database is locked only during writes."
        },
        footer = {
            "",
            "Examples:",
            "  tandem watch",
            "  tandem watch --interval 15m --health-file ~/.local/state/tandem.json",
            "  tandem watch --exec-on-new 'tandem export --no-fetch -q'",
            "  tandem watch --once --json | jq .new_events"
        })
class WatchCommand implements Callable<Integer> {
    @Mixin
    SettingsOptions settingsOptions;

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "5m",
            converter = TimeoutConverter.class,
            description = "Interval between cycle starts, such as 90s, 5m or 1h. Default: ${DEFAULT-VALUE}.")
    Duration interval;

    @Option(
            names = "--jitter",
            paramLabel = "DURATION",
            converter = JitterConverter.class,
            description =
                    "Maximum random delay of a cycle; 0 disables it. Default: a tenth of the interval, 30s at most.")
    Duration jitter;

    @Option(names = "--once", description = "Run one cycle; exit codes as for 'sync'.")
    boolean once;

    @Option(
            names = "--max-failures",
            paramLabel = "N",
            defaultValue = "0",
            description = "Exit after N consecutive failed cycles. Default: 0, never.")
    int maxFailures;

    @Option(
            names = "--health-file",
            paramLabel = "FILE",
            description = "Write the status to a JSON file after each cycle.")
    Path healthFile;

    @Option(
            names = "--exec-on-new",
            paramLabel = "COMMAND",
            description = "Shell command to run after a cycle with new events;"
                    + " TANDEM_NEW_EVENTS, TANDEM_NEWEST_EVENT and TANDEM_DB are set in its environment.")
    String execOnNew;

    @Option(
            names = "--exec-timeout",
            paramLabel = "DURATION",
            defaultValue = "1m",
            converter = TimeoutConverter.class,
            description = "Timeout of that command. Default: ${DEFAULT-VALUE}.")
    Duration execTimeout;

    @Spec
    CommandSpec spec;

    private final CommandSettings commandSettings;
    private final WatchService watch;
    private final Output output;
    private final Clock clock;

    WatchCommand(CommandSettings commandSettings, WatchService watch, Output output, Clock clock) {
        this.commandSettings = commandSettings;
        this.watch = watch;
        this.output = output;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        WatchOptions options = options();
        Settings settings = commandSettings.load(settingsOptions.overrides());
        settings.requireCredentials();
        settings.requireEndpoints();
        List<WatchListener> listeners = new ArrayList<>();
        if (healthFile != null) {
            HealthFile health = new HealthFile(healthFile, interval, clock, output::warning);
            health.begin();
            listeners.add(health);
        }
        if (execOnNew != null) {
            listeners.add(new NewEventsHook(
                    execOnNew, execTimeout, settings.database().value(), output::warning));
        }
        SyncLoop loop = watch.loop(settings, options, new WatchConsole(output, clock, listeners));
        Optional<WatchCycle> last = run(loop);
        boolean complete =
                last.flatMap(WatchCycle::pass).map(SyncPass::complete).orElse(true);
        return (complete ? ExitStatus.SUCCESS : ExitStatus.PARTIAL_SUCCESS).code();
    }

    private static Optional<WatchCycle> run(SyncLoop loop) {
        StopAtShutdown stop = new StopAtShutdown(loop);
        try {
            return loop.run();
        } finally {
            stop.forget();
        }
    }

    private WatchOptions options() {
        try {
            return new WatchOptions(
                    interval, jitter == null ? WatchOptions.usualJitter(interval) : jitter, maxFailures, once);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "These options do not fit: " + e.getMessage());
        }
    }
}
