package io.github.tandemfetch.watch;

import io.github.tandemfetch.pipeline.SyncPass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The command that a person has run on new events. */
@Timeout(30)
@DisabledOnOs(OS.WINDOWS)
class NewEventsHookTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private void run(String command, Duration timeout, long newEvents) {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        SyncPass pass = new SyncPass(newEvents, Optional.of(now), true, true);
        new NewEventsHook(command, timeout, folder.resolve("t.db"), warnings::add)
                .cycleEnded(new WatchCycle(
                        1, now, Duration.ZERO, Optional.of(pass), Optional.empty(), 0, Optional.empty()));
    }

    @Test
    void it_is_told_the_numbers_and_runs_in_a_shell() throws IOException {
        Path said = folder.resolve("said");
        run(
                "echo $TANDEM_NEW_EVENTS \"$TANDEM_NEWEST_EVENT\" > '" + said + "'; basename \"$TANDEM_DB\" >> '" + said
                        + "' # a comment",
                Duration.ofSeconds(10),
                7);
        assertThat(Files.readAllLines(said)).containsExactly("7 2026-11-21T12:00:00Z", "t.db");
        assertThat(warnings).isEmpty();
    }

    @Test
    void without_new_events_it_is_not_run() {
        run("touch '" + folder.resolve("made") + "'", Duration.ofSeconds(10), 0);
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void one_that_fails_is_a_warning() {
        run("exit 3", Duration.ofSeconds(10), 1);
        run("no-such-program-anywhere 2>/dev/null", Duration.ofSeconds(10), 1);
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("exit code 3");
    }

    @Test
    void one_that_hangs_is_ended_with_what_it_started() throws Exception {
        Path pid = folder.resolve("pid");
        run("trap '' TERM; sleep 300 & echo $! > '" + pid + "'; wait; sleep 300", Duration.ofMillis(500), 1);
        assertThat(warnings).singleElement().asString().contains("took longer");
        long child = Long.parseLong(Files.readString(pid).strip());
        for (int i = 0;
                i < 100
                        && ProcessHandle.of(child)
                                .filter(ProcessHandle::isAlive)
                                .isPresent();
                i++) {
            Thread.sleep(50);
        }
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void it_waits_for_no_input() {
        run("cat", Duration.ofSeconds(10), 1);
        assertThat(warnings).isEmpty();
    }

    @Test
    void a_stop_ends_it_at_once() throws Exception {
        Thread thread = new Thread(() -> run("sleep 300", Duration.ofMinutes(5), 1));
        thread.start();
        Thread.sleep(300);
        thread.interrupt();
        thread.join(5_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(warnings).isEmpty();
    }
}
