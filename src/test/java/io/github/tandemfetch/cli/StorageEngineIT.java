package io.github.tandemfetch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Loading, looking and asking with the packaged program. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StorageEngineIT {
    private static final String ENDLESS =
            "SELECT sum(hash(a.range + b.range)) FROM range(10000000) a, range(10000000) b";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void loadOnce() throws IOException {
        Files.writeString(shared.resolve("events.jsonl"), events(0, 500));
        new TandemProcess(shared)
                .run("load", "events", "songs", "events.jsonl", "-q")
                .exits(0);
    }

    @BeforeEach
    void writeEvents() throws IOException {
        Files.writeString(folder.resolve("events.jsonl"), events(0, 500));
    }

    private static String events(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> """
                        {"event_name":"Played","event_time":"2024-01-15T10:30:00+05:00","distinct_id":"user",\
                        "insert_id":"key%d","properties":{"number":%d,"country":"DE"}}
                        """.formatted(number, number))
                .collect(Collectors.joining());
    }

    private TandemProcess tandem() {
        return new TandemProcess(folder);
    }

    /** A copy of the database into which the songs have been loaded. */
    private void load() {
        try {
            Files.createDirectory(folder.resolve("data"));
            Files.copy(shared.resolve("data/tandem.db"), folder.resolve("data/tandem.db"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tables",
                "schema",
                "sample",
                "summarize",
                "breakdown",
                "keys",
                "column",
                "query",
                "load",
                "load events",
                "load profiles",
                "drop"
            })
    void every_command_has_help_with_examples(String command) {
        String[] arguments = (command + " --help").split(" ");

        assertThat(tandem().run(arguments).exits(0).out()).contains("Usage: tandem " + command, "Examples:");
    }

    @Test
    void events_are_loaded_appended_replaced_and_dropped() {
        TandemProcess.Result loaded = tandem().run("load", "events", "songs", "events.jsonl", "--json")
                .exits(0);
        assertThat(loaded.json().get("inserted").asLong()).isEqualTo(500);

        TandemProcess.Result again = tandem().run("load", "events", "songs", "events.jsonl", "--json")
                .exits(1);
        assertThat(again.errorJson().get("error").asText()).isEqualTo("TABLE_EXISTS");
        assertThat(again.errorJson().get("details").get("table").asText()).isEqualTo("songs");

        JsonNode appended = tandem().runWithInput(
                        events(400, 600), "load", "events", "songs", "-", "--append", "--json")
                .exits(0)
                .json();
        assertThat(appended.get("read").asLong()).isEqualTo(200);
        assertThat(appended.get("inserted").asLong()).isEqualTo(100);
        assertThat(appended.get("row_count").asLong()).isEqualTo(600);

        assertThat(tandem().runWithInput(events(0, 3), "load", "events", "songs", "-", "--replace")
                        .exits(0)
                        .err())
                .contains("3 rows inserted");

        assertThat(tandem().run("drop", "songs").exits(1).err()).contains("--force");
        tandem().run("drop", "songs", "--force").exits(0);
        assertThat(tandem().run("sample", "songs").exits(2).err()).contains("songs");
        tandem().run("drop", "raw_events", "--force").exits(1);
    }

    @Test
    void a_wrong_line_is_named_and_wrong_options_are_exit_code_1() {
        TandemProcess.Result wrong = tandem().runWithInput(
                        events(0, 2) + "{\"event_name\":\"e\",\"event_time\":\"2024-02-30T00:00:00Z\","
                                + "\"distinct_id\":\"u\",\"insert_id\":\"k\",\"properties\":{}}\n",
                        "load",
                        "events",
                        "songs",
                        "-")
                .exits(1);
        assertThat(wrong.err()).contains("Line 3", "event_time", "2024-02-30").doesNotContain("\tat ");

        tandem().run("load", "events", "songs", "nowhere.jsonl").exits(1);
        tandem().run("load", "events", "so;ngs", "events.jsonl").exits(1);
        tandem().run("load", "events", "songs", "events.jsonl", "--batch-size", "99")
                .exits(1);
        tandem().run("load", "events", "songs", "events.jsonl", "--append", "--replace")
                .exits(1);
        assertThat(tandem().run("tables", "--format", "cvs").exits(1).err()).contains("csv");
        tandem().run("query").exits(1);
    }

    @Test
    void a_load_that_is_killed_leaves_nothing_and_then_succeeds() throws Exception {
        tandem().run("load", "events", "other", "events.jsonl", "-q").exits(0);
        Process process = tandem().start("load", "events", "songs", "-", "--progress");
        process.getOutputStream().write(events(0, 20_000).getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        tandem().awaitOpenDatabase(process);
        process.destroyForcibly().waitFor();

        assertThat(tandem().run("tables", "--format", "csv").exits(0).out()).doesNotContain("songs");
        tandem().run("load", "events", "songs", "events.jsonl", "-q").exits(0);
    }

    @Test
    void tables_of_pump_data_and_loaded_ones_are_looked_at_alike() {
        load();

        assertThat(tandem().run("tables", "--format", "csv").exits(0).out())
                .startsWith("table,type,rows,first,last\n")
                .contains("raw_events,pump,0,,")
                .contains("songs,events,500,2024-01-15T05:30:00.000000+00:00,2024-01-15T05:30:00.000000+00:00");
        assertThat(tandem().run("schema", "songs").exits(0).out()).contains("insert_id", "TIMESTAMP");
        assertThat(tandem().run("sample", "songs", "--limit", "5", "--format", "jsonl")
                        .exits(0)
                        .out()
                        .lines())
                .hasSize(5);
        assertThat(tandem().run("summarize", "songs", "--json").exits(0).json()).hasSize(5);
        assertThat(tandem().run("breakdown", "songs", "--format", "markdown")
                        .exits(0)
                        .out())
                .contains("| Played | 500 | 2024-01-15T05:30:00.000000+00:00 |");
        assertThat(tandem().run("keys", "songs", "--format", "csv").exits(0).out())
                .contains("country,500,1.0", "number,500,1.0");
        assertThat(tandem().run("column", "songs", "$.country", "--format", "csv")
                        .exits(0)
                        .out())
                .contains("DE,500,1.0");
        tandem().run("column", "songs", "no_such").exits(1);
        assertThat(tandem().run("schema", "cgm_reading").exits(2).err()).contains("cgm_readings");
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("table", "a  a                 b\n1  2  9007199254740993\n"),
                Arguments.of("csv", "a,a,b\n1,2,9007199254740993\n"),
                Arguments.of("json", "[\n{\"a\":1,\"a\":2,\"b\":9007199254740993}\n]\n"),
                Arguments.of("jsonl", "{\"a\":1,\"a\":2,\"b\":9007199254740993}\n"),
                Arguments.of("markdown", "| a | a | b |\n| ---: | ---: | ---: |\n| 1 | 2 | 9007199254740993 |\n"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void a_query_is_written_in_every_format(String format, String expected) {
        load();

        assertThat(tandem().run("query", "SELECT 1 AS a, 2 AS a, 9007199254740993 AS b", "--format", format)
                        .exits(0)
                        .out())
                .isEqualTo(expected);
    }

    @Test
    void a_query_comes_from_an_argument_a_file_or_standard_input_with_parameters_and_a_limit() throws IOException {
        load();
        Files.writeString(folder.resolve("count.sql"), "SELECT count(*) AS n FROM songs; -- all\n");

        assertThat(tandem().run("query", "--file", "count.sql", "--format", "csv")
                        .exits(0)
                        .out())
                .isEqualTo("n\n500\n");
        assertThat(tandem().runWithInput("FROM songs", "query", "-", "--limit", "2", "--format", "jsonl")
                        .exits(0)
                        .out()
                        .lines())
                .hasSize(2);
        assertThat(tandem().run(
                                "query",
                                "SELECT insert_id FROM songs WHERE (properties->>'number')::INTEGER > $low AND insert_id <> $not",
                                "--param",
                                "low=497",
                                "--param",
                                "not=it's=key498",
                                "--format",
                                "csv")
                        .exits(0)
                        .out())
                .isEqualTo("insert_id\nkey498\nkey499\n");
        assertThat(tandem().run("query", "FROM songs WHERE false", "--json")
                        .exits(0)
                        .out())
                .isEqualTo("[]\n");
        assertThat(tandem().run("query", "SELECT insert_id FROM songs WHERE false")
                        .exits(0)
                        .out())
                .isEqualTo("insert_id\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SELECT 1; SELECT 2 ~ 1",
                "DROP TABLE songs ~ 1",
                "COPY songs TO 'out.csv' ~ 1",
                "ATTACH 'other.db' ~ 1",
                "SET threads = 1 ~ 1",
                "SELECT * FROM read_csv('events.jsonl') ~ 1",
                "SELECT content FROM read_blob('data/tandem.db') ~ 1",
                "SELEC 1 ~ 1",
                "SELECT nothing FROM songs ~ 1",
                "SELECT * FROM nowhere ~ 2"
            })
    void what_a_query_may_not_do_is_refused_with_an_exit_code(String sql, int exitCode) {
        load();

        TandemProcess.Result refused = tandem().run("query", sql).exits(exitCode);

        assertThat(refused.out()).isEmpty();
        assertThat(refused.err()).startsWith("tandem: ").doesNotContain("\tat ");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void a_query_ends_with_its_timeout_and_with_an_interruption() throws Exception {
        load();

        assertThat(tandem().run("query", ENDLESS, "--timeout", "500ms").exits(3).err())
                .contains("timed out after 500 ms");

        Process process = tandem().start("query", ENDLESS);
        tandem().awaitOpenDatabase(process);
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    void two_processes_may_read_and_a_writer_is_named() throws Exception {
        load();
        Process writer = tandem().start("load", "events", "more", "-");
        writer.getOutputStream().write(events(0, 5_000).getBytes(StandardCharsets.UTF_8));
        writer.getOutputStream().flush();
        tandem().awaitOpenDatabase(writer);
        TandemProcess.Result locked = new TandemProcess(Files.createDirectories(folder.resolve("elsewhere")))
                .run(
                        "query",
                        "SELECT 1",
                        "--json",
                        "--db",
                        folder.resolve("data/tandem.db").toString())
                .exits(3);
        assertThat(locked.errorJson().get("error").asText()).isEqualTo("DATABASE_LOCKED");
        assertThat(locked.errorJson().get("details").get("holder_pid").asLong()).isEqualTo(writer.pid());
        writer.getOutputStream().close();
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(writer.exitValue()).isZero();

        Process reader = tandem().start("query", ENDLESS, "--timeout", "30s");
        tandem().awaitOpenDatabase(reader);
        assertThat(new TandemProcess(folder.resolve("elsewhere"))
                        .run(
                                "query",
                                "SELECT count(*) AS n FROM more",
                                "--db",
                                folder.resolve("data/tandem.db").toString(),
                                "--format",
                                "csv")
                        .exits(0)
                        .out())
                .isEqualTo("n\n5000\n");
        reader.destroyForcibly().waitFor();
    }
}
