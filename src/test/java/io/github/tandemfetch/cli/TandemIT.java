package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SelfSignedServer;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged program, from outside: exit codes, standard output, standard error, files. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TandemIT {
    private static final String PASSWORD = "pass word \"'$HOME\\ü€ 😀";
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(30).withSeed(5).withAccount("someone@example.org", PASSWORD);

    @RegisterExtension
    static final SimulatedAccount ACCOUNT = new SimulatedAccount(OPTIONS);

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void syncOnce() {
        // Cron sends mail for every word.
        assertThat(ACCOUNT.in(shared).run("sync", "-q").exits(0).err()).isEmpty();
        ACCOUNT.requests().clear();
    }

    private TandemProcess tandem() {
        return new TandemProcess(folder);
    }

    /** The database that a sync left, for tests that look at what comes after. */
    private void copyOfSynced() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.copy(shared.resolve("data/tandem.db"), folder.resolve("data/tandem.db"));
    }

    private TandemProcess account() {
        return ACCOUNT.in(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "login",
                "logout",
                "pumps",
                "sync",
                "watch",
                "fetch",
                "parse",
                "extract",
                "export",
                "status",
                "clock",
                "simulate",
                "completion"
            })
    void every_command_has_help_with_examples_and_help_opens_nothing(String command) throws IOException {
        TandemProcess.Result help = tandem().run(command, "--help").exits(0);

        assertThat(help.out()).contains("Usage: tandem " + command, "Examples:");
        assertThat(help.err()).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("home", "stdout", "stderr");
        }
    }

    @Test
    void no_command_and_help_list_the_commands() {
        assertThat(tandem().run().exits(0).out()).contains("demo", "sync", "export");
        assertThat(tandem().run("--help").exits(0).out()).contains("demo", "sync", "export");
    }

    @Test
    void the_version_names_the_commit_and_the_duckdb_that_is_really_inside() {
        JsonNode version = tandem().run("--version", "--json").exits(0).json();
        List<String> lines = tandem().run("--version").exits(0).out().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.get(0))
                .isEqualTo("tandem " + version.get("version").asText())
                .matches("tandem \\d\\S+");
        assertThat(lines.get(1)).matches("commit ([0-9a-f]{12}|unknown)(, modified)?");
        assertThat(lines.get(2)).isEqualTo("DuckDB " + version.get("duckdb").asText());
        tandem().run("demo", "--days", "2", "-q").exits(0);
        try (Database database = new DatabaseOpener().openForReading(folder.resolve("data/demo.db"))) {
            assertThat(database.first("SELECT version()", row -> row.getString(1)))
                    .contains("v" + version.get("duckdb").asText());
        }
    }

    @Test
    void wrong_arguments_are_exit_code_1_with_a_suggestion() {
        TandemProcess.Result command = tandem().run("snyc").exits(1);
        assertThat(command.err()).contains("There is no command 'snyc'.", "sync");
        assertThat(command.out()).isEmpty();

        assertThat(tandem().run("export", "--fromat", "csv").exits(1).err()).contains("--fromat", "--format");
        assertThat(tandem().run("export", "-t", "cgm_reading", "--no-fetch")
                        .exits(1)
                        .err())
                .contains("cgm_readings");
        assertThat(tandem().run("export", "-f", "xml", "--no-fetch").exits(1).err())
                .contains("parquet");
        assertThat(tandem().run("export", "--no-fetch", "--start-date", "2026-02-30")
                        .exits(1)
                        .err())
                .contains("2026-02-30");
        assertThat(tandem().run("demo", "--days", "0").exits(1).err()).contains("at least one day");
        assertThat(tandem().run("extract", "glucose").exits(1).err()).contains("cgm_readings");

        JsonNode error = tandem().run("sync", "--nonsense", "--json").exits(1).errorJson();
        assertThat(error.get("error").asText()).isEqualTo("INVALID_ARGUMENTS");
        assertThat(error.get("exit_code").asInt()).isEqualTo(1);
    }

    @Test
    void without_credentials_the_error_names_what_is_missing_and_where_it_goes() {
        TandemProcess.Result sync = tandem().run("sync").exits(1);

        assertThat(sync.err()).contains("e-mail", "password", "region", "TANDEM_EMAIL", "tandem login");
        assertThat(sync.err().lines()).hasSize(2);
        assertThat(sync.err()).doesNotContain("Exception", "\tat ");
    }

    @Test
    void without_a_database_export_and_parse_are_exit_code_2() {
        assertThat(tandem().run("export", "--no-fetch").exits(2).err()).contains("tandem sync");
        tandem().run("parse").exits(2);
        assertThat(tandem().run("status").exits(0).out()).contains("No database yet");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void login_proves_and_keeps_any_password_and_logout_removes_it() throws IOException {
        TandemProcess tandem = tandem().service(ACCOUNT.service());
        TandemProcess.Result login = tandem.runWithInput(
                        PASSWORD + "\n",
                        "login",
                        "--email",
                        OPTIONS.email(),
                        "--region",
                        "us",
                        "--timezone",
                        "America/New_York",
                        "--password-stdin")
                .exits(0);

        Path credentials = folder.resolve("home/.config/tandem/credentials.toml");
        assertThat(login.err()).contains(credentials.toString()).doesNotContain(PASSWORD);
        for (Path file : List.of(credentials, folder.resolve("home/.cache/tandem/token.json"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(tandem.run("pumps").exits(0).out()).contains("SERIAL", "never uploaded");
        JsonNode pumps = tandem.run("pumps", "--json").exits(0).json();
        assertThat(pumps).hasSize(ACCOUNT.pumps().size());
        assertThat(ACCOUNT.requests().count(RequestKind.LOGIN)).isEqualTo(1);

        tandem.run("logout").exits(0);

        assertThat(credentials).doesNotExist();
        assertThat(folder.resolve("home/.cache/tandem/token.json")).doesNotExist();
        tandem.run("pumps").exits(1);
    }

    @Test
    void a_refused_password_is_exit_code_4_names_the_region_and_is_sent_once() {
        TandemProcess tandem = account().with("TANDEM_PASSWORD", "not-the-password-4711");

        TandemProcess.Result first = tandem.run("sync", "-v", "-v").exits(4);
        TandemProcess.Result second = tandem.run("sync").exits(4);

        assertThat(first.err()).contains("US");
        assertThat(second.err()).contains("tandem login");
        assertThat(first.err() + first.out() + second.err() + second.out()).doesNotContain("4711", "someone@");
        assertThat(ACCOUNT.requests().count(RequestKind.LOGIN)).isEqualTo(1);
    }

    @Test
    void sync_stores_everything_prints_a_summary_and_a_second_one_finds_nothing_new() {
        TandemProcess.Result sync = account().run("sync").exits(0);

        assertThat(sync.out()).isEmpty();
        assertThat(sync.err()).contains("never uploaded", "Parsed", "cgm_readings", "basal_deliveries", "tandem.db");
        assertThat(tandem().rows("raw_events")).isEqualTo(ACCOUNT.events());
        assertThat(tandem().rows("events")).isEqualTo(ACCOUNT.events());

        JsonNode again = account().run("sync", "--json").exits(0).json();
        assertThat(again.at("/fetch/inserted").asLong()).isZero();
        assertThat(again.at("/fetch/complete").asBoolean()).isTrue();
        assertThat(account().run("sync", "-q").exits(0).err()).isEmpty();

        TandemProcess.Result status = account().run("status").exits(0);
        assertThat(status.out())
                .contains("environment TANDEM_EMAIL", "no sequence number missing", "raw_events")
                .doesNotContain(PASSWORD, OPTIONS.email());
        JsonNode json = account().run("status", "--json").exits(0).json();
        assertThat(json.get("database_state").asText()).isEqualTo("present");
        assertThat(json.at("/database/unparsed_raw_events").asLong()).isZero();
        assertThat(status.out()).contains("by timeline");
        assertThat(json.at("/database/times/events/timeline").asLong()).isPositive();

        assertThat(account().run("clock").exits(0).out()).contains("OFFSET", "log start", "clock lost");
        JsonNode stretches = account().run("clock", "--json").exits(0).json().at("/pumps/0/stretches");
        assertThat(stretches).isNotEmpty().allSatisfy(stretch -> assertThat(stretch.fieldNames())
                .toIterable()
                .contains("from", "to", "offset_seconds", "moved_by_seconds", "cause", "time_basis", "doubtful"));
    }

    @Test
    void export_writes_whole_files_and_tells_their_paths() throws IOException {
        copyOfSynced();

        for (String format : List.of("parquet", "csv", "json", "jsonl")) {
            TandemProcess.Result export = account()
                    .run("export", "--no-fetch", "-f", format, "-o", "out/" + format)
                    .exits(0);
            assertThat(export.out().lines()).hasSize(PumpTable.all().size()).allSatisfy(path -> assertThat(
                            Path.of(path))
                    .isRegularFile()
                    .hasFileName(Path.of(path).getFileName().toString())
                    .hasExtension(format));
        }
        JsonNode summary = account()
                .run("export", "--json", "-t", "cgm_readings", "-t", "cgm_readings", "--no-fetch", "-o", "json")
                .exits(0)
                .json();
        assertThat(summary.get("results")).hasSize(1);
        assertThat(summary.at("/results/0/rows_exported").asLong()).isEqualTo(tandem().rows("cgm_readings"));
        assertThat(summary.get("success_count").asInt()).isEqualTo(1);
        assertThat(summary.get("overall_success").asBoolean()).isTrue();

        account()
                .run("export", "--no-fetch", "-t", "events", "--output-path", "one.csv", "-f", "csv")
                .exits(0);
        TandemProcess.Result there = account()
                .run("export", "--no-fetch", "-t", "events", "--output-path", "one.csv", "-f", "csv")
                .exits(3);
        assertThat(there.err()).contains("--overwrite");
        account()
                .run("export", "--no-fetch", "-t", "events", "--output-path", "one.csv", "-f", "csv", "--overwrite")
                .exits(0);
        account().run("export", "--no-fetch", "--output-path", "two.csv").exits(1);
    }

    @Test
    void an_export_whose_fetch_fails_is_exit_code_4_and_writes_nothing() throws IOException {
        copyOfSynced();
        ACCOUNT.faults().failNext(RequestKind.PUMPER, 400, 1);

        TandemProcess.Result export = account().run("export").exits(4);

        assertThat(export.out()).isEmpty();
        assertThat(folder.resolve("exports")).doesNotExist();
    }

    @Test
    void a_service_that_sends_nothing_is_exit_code_5() {
        ACCOUNT.faults().every(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 1);

        assertThat(account().run("sync").exits(5).err()).contains("the next sync fetches the rest");
    }

    @Test
    void a_listed_pump_that_cannot_be_fetched_is_exit_code_5_and_the_others_are_fetched() {
        ACCOUNT.faults().every(RequestKind.PUMPER, new Fault.NumericAssignment(), 1);

        TandemProcess.Result sync = account().run("sync", "--json").exits(5);

        assertThat(sync.json().at("/fetch/pumps").findValuesAsText("state")).contains("NOT_FETCHED", "COMPLETE");
        assertThat(sync.err()).contains("This pump is not fetched; the others are.");
        assertThat(account().run("fetch").exitCode()).isEqualTo(5);
    }

    @Test
    void a_fetch_that_is_killed_goes_on_and_ends_in_the_same_rows() throws Exception {
        ACCOUNT.faults().every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofMillis(700)), 1);
        for (int kill = 0; kill < 3; kill++) {
            Process process = account().start("sync", "-v");
            int windows = kill + 1;
            while (process.isAlive()
                    && Files.readString(folder.resolve("stderr")).lines().count() < windows) {
                Thread.sleep(20);
            }
            process.destroyForcibly().waitFor();
        }
        ACCOUNT.faults().clear();

        account().run("sync").exits(0);

        assertThat(tandem().rows("raw_events")).isEqualTo(ACCOUNT.events());
        assertThat(tandem().rows("events")).isEqualTo(ACCOUNT.events());
        try (Database database = new DatabaseOpener().openForReading(folder.resolve("data/tandem.db"))) {
            assertThat(database.first(
                            "SELECT count(DISTINCT (pump_serial, sequence_group, sequence_number)) FROM raw_events",
                            row -> row.getLong(1)))
                    .contains(ACCOUNT.events());
        }
    }

    @Test
    void a_second_process_is_told_who_holds_the_database_and_an_interrupt_is_exit_code_130() throws Exception {
        ACCOUNT.faults().every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofSeconds(30)), 1);
        Process holder = account().start("sync", "-v");
        while (!Files.exists(folder.resolve("data/tandem.db"))) {
            assertThat(holder.isAlive())
                    .as(Files.readString(folder.resolve("stderr")))
                    .isTrue();
            Thread.sleep(20);
        }
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        TandemProcess.Result second = new TandemProcess(elsewhere)
                .run("parse", "--db", folder.resolve("data/tandem.db").toString())
                .exits(3);

        assertThat(second.err()).contains(String.valueOf(holder.pid()));
        new ProcessBuilder("kill", "-INT", String.valueOf(holder.pid())).start().waitFor();
        assertThat(holder.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(holder.exitValue()).isEqualTo(130);
        assertThat(Files.readString(folder.resolve("stderr"))).contains("goes on where it stopped");
    }

    @Test
    void the_demo_does_the_whole_job_and_leaves_the_persons_own_files_alone() throws IOException {
        TandemProcess.Result demo =
                tandem().forTheFirstTime().run("demo", "--days", "10").exits(0);

        assertThat(demo.err()).contains("cgm_readings", "basal_deliveries", "events", "raw_events", "Try next:");
        assertThat(folder.resolve("data/demo.db")).isRegularFile();
        assertThat(folder.resolve("data/tandem.db")).doesNotExist();
        try (Stream<Path> files = Files.list(folder.resolve("exports"))) {
            assertThat(files).hasSize(PumpTable.all().size());
        }
        try (Stream<Path> home = Files.walk(folder.resolve("home"))) {
            assertThat(home.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(file).hasParent(folder.resolve("home/.cache/tandem/engine")));
        }
        tandem().run("demo", "--days", "3", "--json").exits(0).json();
    }

    @Test
    void a_database_of_another_kind_is_refused_and_left_alone() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.db"), "these are notes ".repeat(1000));

        assertThat(account().run("sync", "--db", "notes.db").exits(3).err()).contains("not a DuckDB database");
        assertThat(Files.readString(notes)).startsWith("these are notes");
    }

    @Test
    void two_first_starts_at_once_both_work_and_the_library_is_there_once() throws Exception {
        copyOfSynced();
        Path database = folder.resolve("data/tandem.db");
        Path cache = folder.resolve("fresh");
        List<Process> processes = new ArrayList<>();
        for (String name : List.of("one", "two")) {
            Path place = Files.createDirectories(folder.resolve(name));
            processes.add(new TandemProcess(place)
                    .with("XDG_CACHE_HOME", cache.toString())
                    .start("status", "--db", database.toString()));
        }

        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        try (Stream<Path> files = Files.list(cache.resolve("tandem/engine"))) {
            assertThat(files.filter(file -> !file.toString().endsWith(".stamp")))
                    .hasSize(1);
        }
    }

    @Test
    void an_altered_library_is_noticed_replaced_and_told() throws IOException {
        copyOfSynced();
        tandem().forTheFirstTime().run("status").exits(0);
        Path library;
        try (Stream<Path> files = Files.list(folder.resolve("home/.cache/tandem/engine"))) {
            library = files.filter(file -> !file.toString().endsWith(".stamp"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.write(library, new byte[] {0}, StandardOpenOption.WRITE);

        assertThat(tandem().run("status").exits(0).err()).contains(library.toString(), "extracting it again");
        assertThat(tandem().run("status").exits(0).err()).isEmpty();
    }

    @Test
    void without_a_home_folder_commands_work_and_nothing_is_left_behind() throws IOException {
        copyOfSynced();
        String database = folder.resolve("data/tandem.db").toString();
        long before = temporaryLibraries();

        for (TandemProcess homeless :
                List.of(tandem().with("HOME", folder.resolve("no-home").toString()), tandem().without("HOME"))) {
            homeless.run("status", "--db", database).exits(0);
            TandemProcess.Result export =
                    homeless.run("export", "--no-fetch", "-v", "--db", database).exits(0);
            assertThat(export.err()).doesNotContain("Exception");
        }

        assertThat(folder.resolve("no-home")).doesNotExist();
        assertThat(temporaryLibraries()).isEqualTo(before);
    }

    private static long temporaryLibraries() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().matches("tandem-.*duckdb_java.*"))
                    .count();
        }
    }

    @Test
    void any_time_zone_of_the_world_is_known() {
        TandemProcess account = account().with("TANDEM_TIMEZONE", "Antarctica/Troll");

        assertThat(account.run("sync", "--json")
                        .exits(0)
                        .json()
                        .at("/fetch/inserted")
                        .asLong())
                .isEqualTo(ACCOUNT.events());
        account().run("parse", "--rebuild", "--timezone", "Asia/Kathmandu").exits(0);
        account().run("parse", "--timezone", "Asia/Atlantis").exits(1);
    }

    @Test
    void names_outside_ascii_are_fine_for_databases_and_exports() {
        TandemProcess account = account().with("LC_ALL", "C.UTF-8");

        account.run("sync", "-q", "--db", "größe/müsli 😀.db").exits(0);
        TandemProcess.Result export = account.run(
                        "export", "--no-fetch", "--db", "größe/müsli 😀.db", "-o", "Ausfuhr ü")
                .exits(0);

        assertThat(folder.resolve("größe/müsli 😀.db")).isRegularFile();
        assertThat(export.out().lines()).hasSize(PumpTable.all().size()).allSatisfy(path -> assertThat(Path.of(path))
                .isRegularFile());
    }

    @Test
    void a_certificate_that_nobody_signed_is_not_trusted() throws Exception {
        try (SelfSignedServer server = new SelfSignedServer(folder)) {
            for (String endpoint : List.of("TANDEM_SSO_URL", "TANDEM_SOURCE_URL")) {
                JsonNode error = account()
                        .with(endpoint, server.base())
                        .run("pumps", "--json")
                        .exits(4)
                        .errorJson();
                assertThat(error.get("error").asText()).isEqualTo("TLS_FAILED");
            }
        }
    }
}
