package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tandemfetch.simulator.Fault.LeftOut;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedEvent;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Proving, asking for gaps, backing up and restoring, with the packaged program. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class VerifyIT {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(20).withPumpsWithHistory(1).withSeed(41);

    @RegisterExtension
    static final SimulatedAccount ACCOUNT = new SimulatedAccount(OPTIONS);

    @TempDir
    Path folder;

    private TandemProcess account() {
        return ACCOUNT.in(folder);
    }

    private void change(String sql) {
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("data/tandem.db"))) {
            for (String statement : sql.split(";")) {
                database.execute(statement);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "backup", "restore"})
    void every_command_has_help_with_examples_and_help_opens_nothing(String command) {
        assertThat(account().run(command, "--help").exits(0).out()).contains("Usage: tandem " + command, "Examples:");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void a_hole_is_told_and_asked_for_and_filled() {
        SimulatedPump pump = ACCOUNT.pumps().stream()
                .filter(each -> each.eventCount() > 0 && !each.isRetired())
                .findFirst()
                .orElseThrow();
        List<SimulatedEvent> events = pump.events().toList();
        SimulatedEvent hole = events.get(events.size() - 3_000);
        ACCOUNT.faults()
                .every(
                        RequestKind.PUMP_LOGS,
                        new LeftOut(List.of(new LeftOut.Stretch(
                                pump.assignmentId(),
                                hole.sequenceGroup(),
                                hole.sequenceNumber(),
                                hole.sequenceNumber() + 49))),
                        1);
        account().run("sync", "-q").exits(0);

        JsonNode asked = account().run("verify", "--json").exits(0).json();
        assertThat(asked.get("verdict").asText()).isEqualTo("complete");
        assertThat(asked.at("/gaps/kinds/never_uploaded/sequence_numbers").asLong())
                .isEqualTo(50);
        assertThat(asked.at("/gaps/kinds/not_fetched/gaps").asLong()).isZero();
        JsonNode gap = asked.at("/gaps/list/0");
        assertThat(gap.get("first_missing").asLong()).isEqualTo(hole.sequenceNumber());
        assertThat(gap.get("kind").asText()).isEqualTo("never_uploaded");
        assertThat(gap.get("from").asText()).endsWith("Z");
        account().run("verify", "--strict").exits(5);

        change("DELETE FROM searched_days");
        TandemProcess.Result unasked = account().run("verify").exits(5);
        assertThat(unasked.out()).contains("not fetched", "tandem fetch --gaps", "Not complete");
        assertThat(account().run("status").exits(0).out()).contains("50 sequence numbers missing", "fetch --gaps");
        assertThat(account()
                        .run("status", "--json")
                        .json()
                        .at("/database/verdict")
                        .asText())
                .isEqualTo("incomplete");

        JsonNode inVain = account().run("fetch", "--gaps", "--json").exits(0).json();
        assertThat(inVain.get("inserted").asLong()).isZero();
        assertThat(inVain.get("complete").asBoolean()).isTrue();
        account().run("verify").exits(0);

        ACCOUNT.faults().clear();
        assertThat(account().run("fetch", "--gaps").exits(0).err()).contains("50 new events", "0 still missing");
        assertThat(account().run("verify", "--json").exits(5).json().toString()).contains("\"unparsed\"");
        account().run("sync", "-q").exits(0);
        TandemProcess.Result filled = account().run("verify", "--strict").exits(0);
        assertThat(filled.out()).contains("Verified", "no sequence number is missing");
        assertThat(account().run("status").exits(0).out()).contains("'tandem verify' proves it");
        assertThat(account().run("fetch", "--gaps").exits(0).err()).contains("no missing sequence numbers");
    }

    @Test
    void damage_is_exit_code_3_with_what_to_do_and_what_it_says_helps() {
        account().run("sync", "-q").exits(0);
        change("UPDATE events SET event_name = 'LID_SOMETHING' WHERE id < 12");

        TandemProcess.Result damaged = account().run("verify", "--limit", "2").exits(3);

        assertThat(damaged.out()).contains("events: 11 findings", "LID_SOMETHING", "parse --rebuild", "NOT SOUND");
        assertThat(damaged.out().lines().filter(line -> line.contains("is called LID_SOMETHING")))
                .hasSize(2);
        assertThat(damaged.err()).isEmpty();
        account().run("parse", "--rebuild", "-q").exits(0);
        account().run("verify", "-q").exits(0);
        account().run("verify", "--limit", "-1").exits(1);
    }

    @Test
    void a_backup_comes_back() throws IOException {
        account().run("sync", "-q").exits(0);
        JsonNode backup =
                account().run("backup", "copies/one.db", "--json").exits(0).json();
        long rows = backup.at("/tables/raw_events").asLong();
        assertThat(rows).isPositive();
        assertThat(backup.get("size_bytes").asLong()).isEqualTo(Files.size(folder.resolve("copies/one.db")));
        assertThat(account().run("backup", "copies/one.db").exits(3).err()).contains("--overwrite");
        account().run("backup", "copies/one.db", "--overwrite").exits(0);
        change("DELETE FROM basal_deliveries");

        assertThat(account().run("restore", "copies/one.db").exits(1).err()).contains("--force");
        assertThat(account().run("restore", "nowhere.db").exits(1).err())
                .contains("There is no backup at nowhere.db", "tandem backup")
                .doesNotContain("--force");
        Path text = Files.writeString(folder.resolve("notes.txt"), "no database, but longer than a header ".repeat(99));
        assertThat(account().run("restore", "notes.txt").exits(3).err())
                .contains("notes.txt is another kind of file, not a DuckDB database", "tandem backup")
                .doesNotContain("--force");
        Files.delete(text);
        TandemProcess.Result restored =
                account().run("restore", "copies/one.db", "--force").exits(0);

        assertThat(restored.err()).contains("before-restore");
        account().run("verify").exits(0);
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            assertThat(files).hasSize(2);
        }
        account().run("restore", "nowhere.db", "--force").exits(1);
        account().run("backup", "data/tandem.db", "--overwrite").exits(3);
        account().run("verify", "--db", "nowhere.db").exits(2);
        account().run("fetch", "--gaps", "--db", "nowhere.db").exits(2);
    }
}
