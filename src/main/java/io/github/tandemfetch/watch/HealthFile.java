package io.github.tandemfetch.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.config.PrivateFile;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.FileProblem;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.SyncPass;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells others how the loop gets on: a JSON file, mode 0600, replaced as a whole at the start, after each cycle and at
 * the end. All times in it are UTC.
 */
public final class HealthFile implements WatchListener {
    private final Path file;
    private final Duration interval;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final ObjectMapper json = new ObjectMapper();
    private Optional<WatchCycle> last = Optional.empty();
    private Instant succeededAt;
    private SyncPass pass;
    private boolean unwritable;

    /**
     * Names the file. It is not written yet.
     *
     * @param file the file; its folder is made where there is none
     * @param interval what the file says how often it is replaced
     * @param clock the machine's clock
     * @param warnings hears when the file can no longer be written
     */
    public HealthFile(Path file, Duration interval, Clock clock, Consumer<String> warnings) {
        this.file = file.toAbsolutePath();
        this.interval = interval;
        this.clock = clock;
        this.warnings = warnings;
    }

    /**
     * Writes it for the first time, over one that an earlier loop has left.
     *
     * @throws TandemException where it cannot be written
     */
    public void begin() {
        try {
            write("starting");
        } catch (IOException | UnsupportedOperationException e) {
            throw new TandemException(
                    "HEALTH_FILE_NOT_WRITTEN",
                    "The health file " + file + " cannot be written.",
                    "Check the folder and its permissions, or name another file with --health-file.",
                    ExitStatus.STORAGE_FAILURE,
                    e);
        }
    }

    @Override
    public void cycleEnded(WatchCycle cycle) {
        last = Optional.of(cycle);
        if (cycle.pass().isPresent()) {
            pass = cycle.pass().get();
            succeededAt = cycle.startedAt().plus(cycle.duration());
        }
        writeOrWarn(cycle.failure().isPresent() ? "failing" : pass.complete() ? "ok" : "incomplete");
    }

    @Override
    public void ended() {
        writeOrWarn("stopped");
    }

    private void writeOrWarn(String status) {
        try {
            write(status);
            unwritable = false;
        } catch (IOException | UnsupportedOperationException e) {
            if (!unwritable) {
                warnings.accept("The health file " + file + " cannot be written (" + FileProblem.reason(e) + ").");
            }
            unwritable = true;
        }
    }

    private void write(String status) throws IOException {
        ObjectNode health = json.createObjectNode();
        health.put("status", status);
        health.put("pid", ProcessHandle.current().pid());
        health.put("updated_at", clock.instant().toString());
        health.put("interval_seconds", interval.toMillis() / 1000.0);
        health.put("cycles", last.map(WatchCycle::number).orElse(0L));
        health.put("last_success_at", succeededAt == null ? null : succeededAt.toString());
        health.put("new_events", pass == null ? null : (Long) pass.newEvents());
        health.put(
                "newest_event",
                pass == null ? null : pass.newestEvent().map(Instant::toString).orElse(null));
        health.put("consecutive_failures", last.map(WatchCycle::failuresInARow).orElse(0));
        Optional<TandemException> failure = last.flatMap(WatchCycle::failure);
        health.put("error", failure.map(TandemException::code).orElse(null));
        health.put("message", failure.map(TandemException::getMessage).orElse(null));
        health.put(
                "next_cycle_at",
                status.equals("stopped")
                        ? null
                        : last.flatMap(WatchCycle::nextAt)
                                .map(Instant::toString)
                                .orElse(null));
        PrivateFile.write(file, bytes(health));
    }

    private byte[] bytes(ObjectNode health) {
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsBytes(health);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of texts and numbers cannot be written", impossible);
        }
    }
}
