package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code tandem export} of the packaged program, from outside. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ExportIT {
    private static final int ROWS = 1000;
    private static final int MANY_ROWS = 300_000;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private TandemProcess tandem;

    @BeforeAll
    static void write_the_histories_once() {
        SampleHistory.write(shared.resolve("small.db"), ROWS);
        SampleHistory.write(shared.resolve("large.db"), MANY_ROWS);
    }

    @BeforeEach
    void begin_with_the_small_history() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        Files.copy(shared.resolve("small.db"), folder.resolve("data/tandem.db"));
        tandem = new TandemProcess(folder);
    }

    private TandemProcess.Result export(String... options) {
        return tandem.run(Stream.concat(Stream.of("export"), Stream.of(options)).toArray(String[]::new));
    }

    private static List<Path> filesIn(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.sorted().toList();
        }
    }

    private static List<String> tables(TandemProcess.Result result) {
        return result.exits(0).json().get("results").findValuesAsText("table");
    }

    @Test
    void tables_are_named_in_any_way_and_count_once() {
        assertThat(tables(export("--json", "--tables", "events", "cgm_readings", "events", "-o", "1")))
                .containsExactly("events", "cgm_readings");
        assertThat(tables(export("--json", "-t", "cgm_readings", "-t", "events,raw_events", "-o", "2")))
                .containsExactly("cgm_readings", "events", "raw_events");
        assertThat(tables(export("--json", "-t", "events", "--all", "-o", "3")))
                .hasSize(PumpTable.all().size());
        assertThat(tables(export("--json", "-o", "4"))).hasSize(PumpTable.all().size());
        assertThat(tables(tandem.run("export-data", "--json", "-o", "5")))
                .hasSize(PumpTable.all().size());
    }

    @Test
    void one_table_goes_to_standard_output_and_nothing_else_does() throws IOException {
        TandemProcess.Result csv =
                export("-t", "cgm_readings", "-f", "csv", "--columns", "cgm_reading,id", "--limit", "2", "-o", "-");

        assertThat(csv.exits(0).out()).isEqualTo("cgm_reading,id\n100,0\n101,1\n");
        assertThat(folder.resolve("exports")).doesNotExist();
        assertThat(folder.resolve("-")).doesNotExist();
        JsonNode array =
                export("-t", "events", "-f", "json", "-o", "-", "-q").exits(0).json();
        assertThat(array).hasSize(ROWS);

        assertThat(export("-t", "events", "-o", "-").exits(1).err()).contains("needs a file");
        assertThat(export("-f", "csv", "-o", "-").exits(1).err())
                .contains(PumpTable.all().size() + " tables");
        assertThat(export("-t", "events", "-f", "csv", "-o", "-", "--json")
                        .exits(1)
                        .errorJson()
                        .get("error")
                        .asText())
                .isEqualTo("STANDARD_OUTPUT_TAKEN");
    }

    @Test
    void a_dry_run_tells_what_would_be_written_and_touches_nothing() throws IOException {
        TandemProcess.Result text = export("--dry-run", "--start-date", "2026-01-01", "--end-date", "2026-01-01");
        assertThat(text.exits(0).out()).contains("cgm_readings", "288", "exports", "1,152 rows");

        JsonNode plan = export("--dry-run", "--json", "-t", "events").exits(0).json();
        assertThat(plan.get("total_rows").asLong()).isEqualTo(ROWS);
        assertThat(plan.at("/files/0/table/row_count").asLong()).isEqualTo(ROWS);
        assertThat(plan.at("/files/0/exists").asBoolean()).isFalse();
        assertThat(folder.resolve("exports")).doesNotExist();
        export("--dry-run", "--db", "none.db").exits(2);
        export("--dry-run", "-t", "events", "--columns", "nonsense").exits(1);
    }

    @Test
    void an_option_goes_before_the_environment_and_that_before_the_configuration_file() throws IOException {
        Files.writeString(folder.resolve("export.toml"), """
                [export]
                tables = ["events", "cgm_readings"]
                format = "csv"
                output_dir = "from-file"
                compress = "gzip"
                fetch_latest = false
                overwrite = true
                [export.date_range]
                start_date = "2026-01-02"
                end_date = "2026-01-02"
                """);

        JsonNode fromFile = export("--config", "export.toml", "--json").exits(0).json();
        assertThat(fromFile.at("/config/output_dir").asText()).endsWith("from-file");
        assertThat(fromFile.at("/config/compress").asText()).isEqualTo("gzip");
        assertThat(fromFile.at("/config/overwrite").asBoolean()).isTrue();
        assertThat(fromFile.get("total_rows").asLong()).isEqualTo(2 * 288);

        JsonNode options = export(
                        "--config",
                        "export.toml",
                        "--json",
                        "-t",
                        "events",
                        "-f",
                        "parquet",
                        "-o",
                        "from-option",
                        "--end-date",
                        "2026-01-03",
                        "--overwrite=false")
                .exits(0)
                .json();
        assertThat(options.at("/config/output_dir").asText()).endsWith("from-option");
        assertThat(options.at("/config/format").asText()).isEqualTo("parquet");
        assertThat(options.at("/config/compress").isNull()).isTrue();
        assertThat(options.at("/config/overwrite").asBoolean()).isFalse();
        assertThat(options.get("results")).hasSize(1);
        assertThat(options.get("total_rows").asLong()).isEqualTo(2 * 288);

        tandem.with("TANDEM_EXPORT_DIR", "from-environment");
        assertThat(export("--config", "export.toml", "--json")
                        .exits(0)
                        .json()
                        .at("/config/output_dir")
                        .asText())
                .endsWith("from-environment");

        Files.writeString(folder.resolve("wrong.toml"), "[export]\nformt = 'csv'\n");
        assertThat(export("--config", "wrong.toml").exits(1).err()).contains("wrong.toml", "formt", "format");
        assertThat(export("--config", "none.toml").exits(1).err()).contains("none.toml");
    }

    @Test
    void every_exit_code_is_reached() throws IOException {
        export("-q").exits(0);
        export("-f", "parquet", "--compress", "gzip").exits(1);
        export("--limit", "-1").exits(1);
        export("--limit", "many").exits(1);
        export("--start-date", "2026-02-02", "--end-date", "2026-02-01").exits(1);
        export("--fetch-latest", "--no-fetch").exits(1);
        assertThat(export("-t", "events", "--columns", "id,evnt_id").exits(1).err())
                .contains("event_id");
        export("--db", "none.db").exits(2);
        Files.writeString(folder.resolve("file"), "in the way");
        assertThat(export("-o", "file").exits(3).err()).contains("file");
        export("--fetch-latest").exits(1);
        Path existing = Files.writeString(folder.resolve("mine.csv"), "mine");
        export("-t", "events", "-f", "csv", "--output-path", "mine.csv").exits(3);
        assertThat(existing).hasContent("mine");
        tandem.with("TANDEM_EMAIL", "someone@example.org")
                .with("TANDEM_PASSWORD", "secret")
                .with("TANDEM_REGION", "US")
                .with("TANDEM_SSO_URL", "http://127.0.0.1:9/")
                .with("TANDEM_ACCOUNTS_URL", "http://127.0.0.1:9/")
                .with("TANDEM_SOURCE_URL", "http://127.0.0.1:9/")
                .with("TANDEM_REDIRECT_URI", "http://127.0.0.1:9/");
        export("-o", "unfetched", "-q").exits(4);
        assertThat(folder.resolve("unfetched")).doesNotExist();
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("data/tandem.db"))) {
            database.execute("ALTER TABLE basal_deliveries RENAME COLUMN timestamp TO something");
        }
        JsonNode partly =
                export("--no-fetch", "--json", "-o", "partly").exits(5).json();
        assertThat(partly.get("failure_count").asInt()).isEqualTo(1);
        assertThat(partly.get("overall_success").asBoolean()).isTrue();
        assertThat(filesIn(folder.resolve("partly"))).hasSize(3);
        assertThat(export("--no-fetch", "-t", "basal_deliveries", "-o", "nothing")
                        .exits(3)
                        .err())
                .contains("timestamp");
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("data/tandem.db"))) {
            database.execute("DROP TABLE basal_deliveries");
        }
        assertThat(export("--no-fetch", "-t", "basal_deliveries").exits(2).err())
                .contains("tandem sync");
    }

    @Test
    void a_database_that_another_process_writes_to_is_told_with_its_holder() {
        try (Database held = new DatabaseOpener().openForWriting(folder.resolve("data/tandem.db"))) {
            assertThat(held.file()).exists();
            assertThat(export("-t", "events").exits(3).err())
                    .contains(
                            "in use by", String.valueOf(ProcessHandle.current().pid()));
        }
        assertThat(folder.resolve("exports")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blank", "q'uo\"te", "100%20 %s", "ümläut 🩸", "new\nline", "year=2026"})
    void any_folder_will_do(String name) throws IOException {
        // Java itself cannot name a file beyond ASCII in the locale C.
        tandem.with("LC_ALL", "C.UTF-8").with("TANDEM_EXPORT_DIR", name);

        export("-t", "events", "-q").exits(0);
        export("-t", "events", "-q", "--partition-by", "year").exits(0);

        assertThat(filesIn(folder.resolve(name))).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void a_signal_in_the_middle_leaves_whole_files_only_and_no_trace(String signal) throws Exception {
        Path out = folder.resolve("out");
        Process process = tandem.start(
                "export",
                "-f",
                "json",
                "-o",
                "out",
                "--db",
                shared.resolve("large.db").toString());
        while (process.isAlive() && !isWriting(out)) {
            Thread.sleep(5);
        }

        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(signal.equals("INT") ? 130 : 143);
        assertThat(filesIn(out)).isEmpty();
        assertThat(Files.readString(folder.resolve("stderr"))).doesNotContain("Exception", "\tat ");
    }

    @Test
    void killed_at_any_moment_it_leaves_whole_files_only_and_the_next_run_clears_up() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Path out = Files.createDirectory(folder.resolve("out"));
        for (int kill = 0; kill < 5; kill++) {
            Process process = tandem.start(
                    "export",
                    "-f",
                    "jsonl",
                    "-o",
                    "out",
                    "--db",
                    shared.resolve("large.db").toString());
            while (process.isAlive() && !isWriting(out)) {
                Thread.sleep(5);
            }
            Thread.sleep(random.nextInt(1500));
            process.destroyForcibly().waitFor();
            for (Path file : filesIn(out)) {
                if (!file.getFileName().toString().startsWith(".tandem-")) {
                    try (Stream<String> lines = Files.lines(file)) {
                        assertThat(lines).as("%s, seed %d", file, seed).hasSize(MANY_ROWS);
                    }
                    Files.delete(file);
                }
            }
        }

        export("-t", "cgm_readings", "-o", "out").exits(0);

        assertThat(filesIn(out))
                .hasSize(1)
                .noneMatch(file -> file.getFileName().toString().startsWith(".tandem-"));
    }

    private static boolean isWriting(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> tree = Files.walk(out)) {
            return tree.anyMatch(path -> path.getFileName().toString().startsWith("part-"));
        } catch (java.io.UncheckedIOException vanished) {
            return true;
        }
    }

    @Test
    void on_a_terminal_it_asks_before_it_replaces_and_draws_a_bar() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine.jsonl"), "mine");
        String[] options = {
            "export",
            "-t",
            "events",
            "-f",
            "jsonl",
            "--output-path",
            "mine.jsonl",
            "--db",
            shared.resolve("large.db").toString()
        };

        assertThat(tandem.runOnTerminal("n\n", options)).contains("Replace", "[y/N]", "exists already");
        assertThat(mine).hasContent("mine");

        String shown = tandem.runOnTerminal("y\n", options);
        assertThat(shown).contains("Exporting events [", "/300,000", "rows", "/s", " left");
        assertThat(new ObjectMapper()
                        .readTree(Files.newBufferedReader(mine))
                        .get("id")
                        .asLong())
                .isZero();
        assertThat(tandem.runOnTerminal(
                        "y\n",
                        Stream.concat(Stream.of(options), Stream.of("-q")).toArray(String[]::new)))
                .doesNotContain("Exporting");
        assertThat(export("-t", "events", "-o", "plain").exits(0).err()).doesNotContain("[", "\r", "\u001B");
    }

    @Test
    void verbose_tells_the_query_and_quiet_nothing() {
        assertThat(export("-t", "events", "-v", "-o", "v", "--start-date", "2026-01-01")
                        .exits(0)
                        .err())
                .contains("Database: ", "2026-01-01", "ORDER BY", "start_date");
        assertThat(export("-t", "events", "-q", "-o", "q").exits(0).err()).isEmpty();
    }
}
