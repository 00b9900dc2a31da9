package io.github.tandemfetch.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.config.Region;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.history.RawEventTable.Merge;
import io.github.tandemfetch.pipeline.FetchWindow;
import io.github.tandemfetch.pipeline.PumpFetch;
import io.github.tandemfetch.pipeline.SyncPass;
import io.github.tandemfetch.watch.WatchCycle;
import io.github.tandemfetch.watch.WatchListener;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A line for each cycle; more of it with {@code -v}. What is said in every cycle is said once. */
final class WatchConsole implements WatchListener {
    private final Output output;
    private final Clock clock;
    private final List<WatchListener> others;
    private PipelineConsole console;
    private Set<String> saidBefore = Set.of();
    private Set<String> saidNow = new HashSet<>();

    WatchConsole(Output output, Clock clock, List<WatchListener> others) {
        this.output = output;
        this.clock = clock;
        this.others = List.copyOf(others);
        this.console = new PipelineConsole(output);
    }

    /**
     * A cycle as one line of JSON.
     *
     * @param cycle counts from 1
     * @param startedAt when it began, UTC
     * @param seconds how long it took
     * @param newEvents how many events are new; null where it failed
     * @param newestEvent the time of the newest event, UTC; null where there is none, or the cycle failed
     * @param newestEventAgeSeconds how long ago that was
     * @param complete whether the service sent everything it has; null where the cycle failed
     * @param error why it failed, a stable name; absent where it did not
     * @param message the same in words
     * @param consecutiveFailures how many cycles have failed in a row
     * @param nextCycleAt when the next is due, UTC; null where there is none
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    record Line(
            long cycle,
            Instant startedAt,
            double seconds,
            Long newEvents,
            Instant newestEvent,
            Double newestEventAgeSeconds,
            Boolean complete,
            @JsonInclude(JsonInclude.Include.NON_NULL) String error,
            @JsonInclude(JsonInclude.Include.NON_NULL) String message,
            int consecutiveFailures,
            Instant nextCycleAt) {}

    @Override
    public void cycleStarted(long number) {
        console = new PipelineConsole(output);
        saidBefore = saidNow;
        saidNow = new HashSet<>();
        others.forEach(other -> other.cycleStarted(number));
    }

    @Override
    public void cycleEnded(WatchCycle cycle) {
        console.clear();
        if (output.isJson()) {
            output.jsonLine(line(cycle));
        } else if (cycle.failure().isPresent()) {
            // The failure that ends the loop is told by the command's end.
            cycle.nextAt()
                    .ifPresent(next -> output.note(failed(cycle, cycle.failure().get(), next)));
        } else {
            output.summary(done(cycle, cycle.pass().get()));
        }
        cycle.failure().filter(failure -> output.verbosity() > 1).ifPresent(output::trace);
        // What a cycle that did not look at the database left unsaid is not news in the next.
        if (cycle.pass().filter(pass -> !pass.databaseOpened()).isPresent()) {
            saidNow.addAll(saidBefore);
        }
        others.forEach(other -> other.cycleEnded(cycle));
    }

    @Override
    public void ended() {
        console.clear();
        others.forEach(WatchListener::ended);
    }

    private Line line(WatchCycle cycle) {
        Optional<SyncPass> pass = cycle.pass();
        Optional<Instant> newest = pass.flatMap(SyncPass::newestEvent);
        return new Line(
                cycle.number(),
                cycle.startedAt().truncatedTo(ChronoUnit.MILLIS),
                cycle.duration().toMillis() / 1000.0,
                pass.map(SyncPass::newEvents).orElse(null),
                newest.orElse(null),
                newest.map(time -> Duration.between(time, clock.instant()).toMillis() / 1000.0)
                        .orElse(null),
                pass.map(SyncPass::complete).orElse(null),
                cycle.failure().map(TandemException::code).orElse(null),
                cycle.failure().map(TandemException::getMessage).orElse(null),
                cycle.failuresInARow(),
                cycle.nextAt().map(next -> next.truncatedTo(ChronoUnit.MILLIS)).orElse(null));
    }

    private String done(WatchCycle cycle, SyncPass pass) {
        String newest = pass.newestEvent()
                .map(time -> "the newest " + age(Duration.between(time, clock.instant())))
                .orElse("none stored yet");
        String again = pass.complete()
                ? ""
                : " The service seems not to have sent everything"
                        + cycle.nextAt()
                                .map(next -> "; it is asked again at " + seconds(next))
                                .orElse("")
                        + ".";
        return begin(cycle)
                + String.format(
                        Locale.ROOT,
                        ": %s in %.1f s, %s.%s",
                        PipelineConsole.count(pass.newEvents(), "new event"),
                        cycle.duration().toMillis() / 1000.0,
                        newest,
                        again);
    }

    private static String failed(WatchCycle cycle, TandemException failure, Instant next) {
        String inARow = cycle.failuresInARow() == 1 ? "" : " " + cycle.failuresInARow() + " failures in a row.";
        return begin(cycle)
                + String.format(
                        Locale.ROOT,
                        " failed after %.1f s: %s%s Next at %s.",
                        cycle.duration().toMillis() / 1000.0,
                        String.valueOf(failure.getMessage()).replaceAll("\\s+", " "),
                        inARow,
                        seconds(next));
    }

    private static String begin(WatchCycle cycle) {
        return seconds(cycle.startedAt()) + " cycle " + cycle.number();
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String age(Duration age) {
        if (age.isNegative()) {
            return "is ahead of this machine's clock";
        }
        if (age.toHours() >= 48) {
            return age.toDays() + " days old";
        }
        return age.toMinutes() >= 120 ? age.toHours() + " h old" : age.toMinutes() + " min old";
    }

    @Override
    public void loggingIn(Region region) {
        console.loggingIn(region);
    }

    @Override
    public void retrying(int attempt, int attempts, Duration wait, String reason) {
        if (output.verbosity() > 0) {
            console.retrying(attempt, attempts, wait, reason);
        }
    }

    @Override
    public void warning(String message) {
        if (saidNow.add(message) && !saidBefore.contains(message)) {
            console.warning(message);
        }
    }

    @Override
    public void notice(String text) {
        warning(text);
    }

    @Override
    public void remark(String text) {
        if (saidNow.add(text) && !saidBefore.contains(text)) {
            console.remark(text);
        }
    }

    @Override
    public void fetchStarted(String pumpSerial, int windows) {
        console.fetchStarted(pumpSerial, windows);
    }

    @Override
    public void windowStored(String pumpSerial, FetchWindow window, Merge merge) {
        console.windowStored(pumpSerial, window, merge);
    }

    @Override
    public void fetchEnded(PumpFetch fetch) {
        console.clear();
        if (output.verbosity() > 0) {
            console.fetchEnded(fetch);
        } else {
            if (fetch.conflicting() > 0) {
                warning(PipelineConsole.conflicts(fetch));
            }
            if (fetch.rejected() > 0) {
                warning(PipelineConsole.rejected(fetch.pumpSerial(), fetch.rejected()));
            }
        }
    }

    @Override
    public void parsed(long done, long total) {
        console.parsed(done, total);
    }

    @Override
    public void extracted(String table, long done, long total) {
        console.extracted(table, done, total);
    }
}
