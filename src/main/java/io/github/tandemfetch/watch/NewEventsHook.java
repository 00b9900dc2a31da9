package io.github.tandemfetch.watch;

import io.github.tandemfetch.pipeline.SyncPass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs a command of the person's after each cycle that brought new events, through the shell, in this process's folder.
 * What it prints goes to standard error. It is told the numbers by environment variables, and never the password. One
 * that fails is a warning; one that takes too long is ended, with what it started.
 */
public final class NewEventsHook implements WatchListener {
    private static final Duration TIME_TO_OBEY = Duration.ofSeconds(1);
    private static final String WITHHELD = "TANDEM_PASSWORD";

    private final String command;
    private final Duration timeout;
    private final Path database;
    private final Consumer<String> warnings;

    /**
     * Takes the command.
     *
     * @param command what the shell is to run
     * @param timeout how long it may take
     * @param database the database, which it is told
     * @param warnings hears when it fails
     */
    public NewEventsHook(String command, Duration timeout, Path database, Consumer<String> warnings) {
        this.command = command;
        this.timeout = timeout;
        this.database = database;
        this.warnings = warnings;
    }

    @Override
    public void cycleEnded(WatchCycle cycle) {
        cycle.pass().filter(pass -> pass.newEvents() > 0).ifPresent(this::run);
    }

    private void run(SyncPass pass) {
        ProcessBuilder builder = new ProcessBuilder(shell());
        Map<String, String> variables = builder.environment();
        variables.remove(WITHHELD);
        variables.put("TANDEM_NEW_EVENTS", String.valueOf(pass.newEvents()));
        variables.put(
                "TANDEM_NEWEST_EVENT", pass.newestEvent().map(Instant::toString).orElse(""));
        variables.put("TANDEM_DB", database.toString());
        Optional<Process> started = start(builder);
        started.ifPresent(this::await);
    }

    /** The inner shell is the one that a person thinks of; the outer one keeps standard output free for data. */
    private List<String> shell() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win");
        return windows
                ? List.of("cmd.exe", "/d", "/s", "/c", "(" + command + ") 1>&2")
                : List.of("/bin/sh", "-c", "exec /bin/sh -c \"$1\" </dev/null 1>&2", "sh", command);
    }

    private Optional<Process> start(ProcessBuilder builder) {
        try {
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            process.getOutputStream().close();
            return Optional.of(process);
        } catch (IOException e) {
            warnings.accept("The command of --exec-on-new could not be started.");
            return Optional.empty();
        }
    }

    private void await(Process process) {
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                end(process);
                warnings.accept("The command of --exec-on-new took longer than " + timeout.toSeconds()
                        + " s and was ended; see --exec-timeout.");
            } else if (process.exitValue() != 0) {
                warnings.accept("The command of --exec-on-new ended with exit code " + process.exitValue() + ".");
            }
        } catch (InterruptedException stopped) {
            endNow(process);
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = family(process);
        all.forEach(ProcessHandle::destroy);
        process.waitFor(TIME_TO_OBEY.toMillis(), TimeUnit.MILLISECONDS);
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(TIME_TO_OBEY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void endNow(Process process) {
        family(process).forEach(ProcessHandle::destroyForcibly);
    }

    /** Children first seen: once their parent is gone, nobody knows whose they were. */
    private static List<ProcessHandle> family(Process process) {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
    }
}
