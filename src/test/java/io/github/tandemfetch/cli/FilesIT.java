package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
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

/** The files that the packaged program makes: their names, their permissions, and what becomes of them. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FilesIT {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(40).withPumpsWithHistory(1).withSeed(43);

    private static final String RECORD =
            "{\"event_name\":\"e\",\"event_time\":\"2026-01-01T00:00:00Z\",\"distinct_id\":\"d\",\"insert_id\":\"1\","
                    + "\"properties\":{}}";

    @RegisterExtension
    static final SimulatedAccount ACCOUNT = new SimulatedAccount(OPTIONS);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a;threads=2&b#c%41", "it's \"q\"?x=1 ", "-:memory:\nx"})
    void every_option_that_takes_a_path_takes_any_name_and_all_that_is_made_is_private(String name) throws Exception {
        TandemProcess tandem = ACCOUNT.in(folder).withUmask("000");
        Path given = Files.createDirectories(folder.resolve("given"));
        Path made = folder.resolve("made");
        String db = "--db=" + made.resolve(name);
        // The engine cannot open a database in a folder whose name has a question mark.
        Path copy = made.resolve("new " + name.replace("?", "")).resolve("copy " + name);
        Files.writeString(given.resolve(name), RECORD);
        Files.writeString(given.resolve(name + "2"), "[export]\nformat = \"csv\"\n");
        Path credentials = given.resolve(name + "3");
        Files.writeString(credentials, "[tandem]\nemail = \"a@b.example\"\npassword = \"p\"\n");
        Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));

        tandem.run("watch", "--once", db, "--health-file=" + made.resolve(name + ".health"))
                .exits(0);
        tandem.run("load", "events", "songs", given.resolve(name).toString(), db)
                .exits(0);
        tandem.run("backup", copy.toString(), db).exits(0);
        tandem.run("restore", copy.toString(), "--force", db).exits(0);
        tandem.run(
                        "export",
                        "--no-fetch",
                        "--config=" + given.resolve(name + "2"),
                        "-o",
                        made.resolve("out " + name).toString(),
                        db)
                .exits(0);
        tandem.run("export", "--no-fetch", "-t", "events", "--output-path=" + made.resolve(name + ".parquet"), db)
                .exits(0);
        tandem.run(
                        "export",
                        "--no-fetch",
                        "-t",
                        "events",
                        "--partition-by=month",
                        "-o",
                        made.resolve("parts " + name).toString(),
                        db)
                .exits(0);
        tandem.run("status", "--credentials=" + credentials, db).exits(0);
        tandem.run("query", "SELECT count(*) FROM songs", db).exits(0);
        tandem.run("verify", db).exits(0);
        try (ServeProcess serve = ServeProcess.start(tandem, db, "--jobs-dir=" + made.resolve("jobs " + name))) {
            serve.terminate();
        }

        assertThat(made.resolve(name)).isRegularFile();
        assertThat(made.resolve("out " + name)).isNotEmptyDirectory();
        assertThat(made.resolve("jobs " + name).resolve("jobs.jsonl")).isRegularFile();
        assertThat(openToOthers(made)).isEmpty();
        assertThat(openToOthers(folder.resolve("home/.cache")))
                .allMatch(line -> line.startsWith("engine")
                        || line.startsWith("duckdb-")
                        || line.startsWith(".cache")
                        || line.startsWith("tandem"));
    }

    /** What others may read or write; the library's cache was made by this test. */
    private static List<String> openToOthers(Path top) throws IOException {
        if (!Files.exists(top)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(top)) {
            return tree.map(path -> path.getFileName() + " " + mode(path))
                    .filter(line -> !line.endsWith("------"))
                    .toList();
        }
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_database_that_is_removed_or_renamed_while_a_sync_runs_is_a_failure(boolean remove) throws Exception {
        TandemProcess tandem = ACCOUNT.in(folder);
        Path database = folder.resolve("data/tandem.db");
        ACCOUNT.faults().delayNext(RequestKind.PUMP_LOGS, Duration.ofSeconds(3), 2);
        Process sync = tandem.start("sync");
        tandem.awaitOpenDatabase(sync, database);

        if (remove) {
            Files.delete(database);
        } else {
            Files.move(database, folder.resolve("data/other.db"));
        }

        assertThat(sync.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String err = Files.readString(folder.resolve("stderr"));
        assertThat(sync.exitValue()).as(err).isEqualTo(3);
        assertThat(err).contains("was removed or renamed while this command was writing to it");
        assertThat(database).doesNotExist();

        ACCOUNT.faults().clear();
        tandem.run("sync").exits(0);
        tandem.run("verify").exits(0);
    }

    @Test
    void a_killed_backup_leaves_nothing_that_the_next_one_does_not_remove() throws Exception {
        TandemProcess tandem = ACCOUNT.in(folder);
        SampleHistory.write(folder.resolve("data/tandem.db"), 150_000);
        Path target = Files.createDirectories(folder.resolve("backups"));
        Process backup = tandem.start("backup", target.resolve("copy.db").toString());
        while (entries(target).isEmpty() && backup.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        backup.destroyForcibly().waitFor();
        assertThat(entries(target)).singleElement().asString().matches("\\.tandem-.*\\.tmp");

        tandem.run("backup", target.resolve("copy.db").toString()).exits(0);

        assertThat(entries(target)).containsExactly("copy.db");
    }

    private static List<String> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void a_database_without_events_is_not_called_verified() {
        TandemProcess tandem = new TandemProcess(folder);
        tandem.runWithInput(RECORD, "load", "events", "songs", "-").exits(0);
        tandem.run("drop", "songs", "--force").exits(0);

        TandemProcess.Result result = tandem.run("verify").exits(2);

        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("nothing to verify", "tandem sync");
    }

    @Test
    void another_kind_of_file_is_refused_without_a_look_for_extensions() throws IOException {
        Files.writeString(folder.resolve("notes.sqlite"), "SQLite format 3\0" + "x".repeat(5000));
        TandemProcess tandem = new TandemProcess(folder);

        for (String command : List.of("status", "tables", "verify")) {
            TandemProcess.Result result =
                    tandem.run(command, "--db", "notes.sqlite").exits(3);
            assertThat(result.err()).contains("a SQLite database").doesNotContain("xtension", "Exception");
        }
        assertThat(folder.resolve("home/.duckdb")).doesNotExist();
    }
}
