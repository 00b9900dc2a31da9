package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tandem watch}, packaged: what it says, what it holds, how it ends. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class WatchIT {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(5).withSeed(9).withAccount("someone@example.org", "canary-password");

    @RegisterExtension
    static final SimulatedAccount ACCOUNT = new SimulatedAccount(OPTIONS);

    @TempDir
    Path folder;

    private TandemProcess tandem() {
        return ACCOUNT.in(folder);
    }

    private List<String> lines(String stream) throws IOException {
        return Files.readAllLines(folder.resolve(stream));
    }

    private void await(Process process, String stream, Predicate<List<String>> there) throws Exception {
        while (!there.test(lines(stream))) {
            assertThat(process.isAlive())
                    .as("stdout %s, stderr %s", lines("stdout"), lines("stderr"))
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private static void signal(Process process, String signal) throws Exception {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void one_cycle_is_a_sync_with_a_line_of_json() throws IOException {
        JsonNode line = tandem().run("watch", "--once", "--json").exits(0).json();

        assertThat(line.path("new_events").asLong()).isEqualTo(ACCOUNT.events());
        assertThat(line.path("complete").asBoolean()).isTrue();
        assertThat(line.path("newest_event_age_seconds").isNumber()).isTrue();
        assertThat(tandem().rows("raw_events")).isEqualTo(ACCOUNT.events());
        assertThat(tandem().rows("events")).isEqualTo(ACCOUNT.events());
        assertThat(lines("stdout")).hasSize(1);
    }

    @Test
    void each_cycle_is_a_line_new_events_are_passed_on_and_the_password_is_not() throws Exception {
        Path told = folder.resolve("told");
        Process watch = tandem().start(
                        "watch",
                        "--interval",
                        "300ms",
                        "--health-file",
                        "health.json",
                        "--exec-on-new",
                        "echo to-stdout; echo \"$TANDEM_NEW_EVENTS\" >> '" + told + "'; env >> '" + told + "'");
        await(
                watch,
                "stderr",
                lines -> lines.stream()
                                .filter(line -> line.contains(": 0 new events"))
                                .count()
                        >= 2);
        JsonNode health =
                new ObjectMapper().readTree(folder.resolve("health.json").toFile());
        signal(watch, "TERM");
        assertThat(watch.waitFor(5, TimeUnit.SECONDS)).isTrue();

        assertThat(watch.exitValue()).isEqualTo(143);
        assertThat(lines("stderr").stream()
                        .filter(line -> line.contains(" cycle "))
                        .findFirst()
                        .orElseThrow())
                .containsPattern(
                        "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ cycle 1: [0-9,]+ new events in [0-9.]+ s, the newest .+ old\\.$");
        assertThat(lines("stderr")).contains("to-stdout");
        assertThat(lines("stdout")).isEmpty();
        assertThat(Files.readAllLines(told)).first().isEqualTo(String.valueOf(ACCOUNT.events()));
        assertThat(Files.readString(told)).doesNotContain("canary-password");
        assertThat(health.path("status").asText()).isEqualTo("ok");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("health.json").toFile())
                        .path("status")
                        .asText())
                .isEqualTo("stopped");
        assertThat(ACCOUNT.requests().count(RequestKind.LOGIN)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143"})
    void a_signal_in_the_middle_of_an_answer_ends_it_within_five_seconds(String signal, int code) throws Exception {
        tandem().run("sync").exits(0);
        ACCOUNT.pumps().stream()
                .filter(pump -> !pump.isRetired() && pump.eventCount() > 0)
                .forEach(pump -> pump.advanceDays(1));
        ACCOUNT.requests().clear();
        ACCOUNT.faults().every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofSeconds(30)), 1);
        Process watch = tandem().start("watch", "-v");
        while (ACCOUNT.requests().count(RequestKind.PUMPER) == 0) {
            Thread.sleep(20);
        }
        Thread.sleep(1_000);

        // The database is free: another command works meanwhile.
        new TandemProcess(Files.createDirectories(folder.resolve("elsewhere")))
                .run("parse", "--db", folder.resolve("data/tandem.db").toString())
                .exits(0);
        signal(watch, signal);

        assertThat(watch.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.exitValue()).isEqualTo(code);
        assertThat(String.join("\n", lines("stderr"))).doesNotContain("failed", "Exception", "at io.");
        ACCOUNT.faults().clear();
        tandem().run("sync").exits(0);
        assertThat(tandem().rows("events")).isEqualTo(ACCOUNT.events());
    }

    @Test
    void a_refused_login_ends_it_after_one_attempt() {
        TandemProcess.Result result = tandem().with("TANDEM_PASSWORD", "wrong")
                .run("watch", "--interval", "200ms")
                .exits(4);

        assertThat(result.err()).contains("refused", "tandem login");
        assertThat(ACCOUNT.requests().count(RequestKind.LOGIN)).isEqualTo(1);
    }

    @Test
    void failures_are_lines_and_as_many_as_allowed_are_the_end() {
        ACCOUNT.faults().failEvery(RequestKind.PUMPER, 404, 1);

        TandemProcess.Result result = tandem().run("watch", "--interval", "200ms", "--max-failures", "2")
                .exits(4);

        List<String> lines = result.err().lines().toList();
        assertThat(lines.get(0)).contains("cycle 1 failed after", "Next at");
        assertThat(lines.get(1)).startsWith("tandem: ");
        assertThat(lines).hasSize(3);
    }

    @Test
    void a_database_that_somebody_else_holds_costs_a_cycle_and_no_more() throws Exception {
        Path file = folder.resolve("data/tandem.db");
        Process watch;
        try (Database held = new DatabaseOpener().openForWriting(file)) {
            watch = tandem().start("watch", "--interval", "1s", "--json");
            await(watch, "stdout", lines -> lines.stream().anyMatch(line -> line.contains("DATABASE_LOCKED")));
            assertThat(held.file()).exists();
        }
        await(watch, "stdout", lines -> lines.stream().anyMatch(line -> line.contains("\"consecutive_failures\":0")));
        signal(watch, "TERM");
        assertThat(watch.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(tandem().rows("events")).isEqualTo(ACCOUNT.events());
    }

    @Test
    void options_that_do_not_fit_are_exit_code_1() {
        tandem().run("watch", "--interval", "0s").exits(1);
        tandem().run("watch", "--interval", "1m", "--jitter", "2m").exits(1);
        tandem().run("watch", "--max-failures", "-1").exits(1);
        assertThat(new TandemProcess(folder).run("watch").exits(1).err()).contains("tandem login");
        assertThat(tandem().run("watch", "--pump", "none").exits(1).err()).contains("no pump none");
    }

    @Test
    void two_syncs_and_an_export_at_once_end_in_whole_rows() throws Exception {
        Path file = folder.resolve("data/tandem.db");
        Path other = Files.createDirectories(folder.resolve("other"));
        ACCOUNT.faults().every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofMillis(300)), 1);
        Process first = tandem().start("sync");
        Process second = ACCOUNT.in(other).start("sync", "--db", file.toString());
        first.waitFor();
        second.waitFor();
        // The one that waited may have given up; nothing else may have gone wrong.
        assertThat(List.of(first.exitValue(), second.exitValue())).contains(0).isSubsetOf(0, 3);
        ACCOUNT.faults().clear();
        assertThat(tandem().rows("raw_events")).isEqualTo(ACCOUNT.events());

        Process export = new TandemProcess(other).start("export", "--no-fetch", "--db", file.toString());
        tandem().run("sync", "--db", file.toString());
        assertThat(export.waitFor()).isIn(0, 3);
        tandem().run("sync").exits(0);
        assertThat(tandem().rows("events")).isEqualTo(ACCOUNT.events());
    }
}
