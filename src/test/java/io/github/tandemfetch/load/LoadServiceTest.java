package io.github.tandemfetch.load;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.load.engine.BatchSize;
import io.github.tandemfetch.load.engine.InvalidRecordException;
import io.github.tandemfetch.load.engine.StorageEngine;
import io.github.tandemfetch.load.engine.StorageEngineOpener;
import io.github.tandemfetch.load.engine.TableInfo;
import io.github.tandemfetch.load.engine.TableType;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

class LoadServiceTest {
    private static final String FLAT =
            "{\"event_name\":\"Played\",\"event_time\":\"2024-01-15T10:30:00+05:00\",\"distinct_id\":\"u\","
                    + "\"insert_id\":\"a\",\"properties\":{\"big\": 9007199254740993, \"pi\":3.140}}\n";
    private static final String EXPORTED =
            "{\"event\":\"Played\",\"properties\":{\"time\":1705312200,\"distinct_id\":\"u\",\"$insert_id\":\"b\","
                    + "\"big\": 9007199254740993, \"nested\":{\"time\":1}}}\n";

    private final StorageEngineOpener engines = new StorageEngineOpener(new DatabaseOpener());
    private final LoadService loads = new LoadService(engines, Clock.systemUTC());

    @TempDir
    Path folder;

    private LoadReport load(TableType type, LoadMode mode, byte[] input) {
        return load(type, mode, InvalidRecordPolicy.FAIL, input);
    }

    private LoadReport skipping(String input) {
        return load(
                TableType.EVENTS, LoadMode.CREATE, InvalidRecordPolicy.SKIP, input.getBytes(StandardCharsets.UTF_8));
    }

    private LoadReport load(TableType type, LoadMode mode, InvalidRecordPolicy onError, byte[] input) {
        return loads.load(
                folder.resolve("tandem.db"),
                new LoadRequest("mine", type, null, mode, BatchSize.DEFAULT, onError),
                new ByteArrayInputStream(input),
                LoadListener.NONE);
    }

    private LoadReport load(TableType type, String input) {
        return load(type, LoadMode.CREATE, input.getBytes(StandardCharsets.UTF_8));
    }

    private List<List<Object>> rows(String sql) {
        try (StorageEngine engine = engines.openForReading(folder.resolve("tandem.db"))) {
            return engine.executeRows(sql);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void both_forms_of_events_may_stand_in_one_file_and_keep_every_digit() {
        assertThat(load(TableType.EVENTS, "\uFEFF" + FLAT + "\r\n  \n" + EXPORTED + FLAT))
                .isEqualTo(new LoadReport("mine", "events", 3, 2, 2, 0, List.of()));

        assertThat(rows("SELECT event_name, event_time::VARCHAR, distinct_id, insert_id, properties::VARCHAR"
                        + " FROM mine ORDER BY insert_id"))
                .containsExactly(
                        List.of("Played", "2024-01-15 05:30:00", "u", "a", "{\"big\": 9007199254740993, \"pi\":3.140}"),
                        List.of(
                                "Played",
                                "2024-01-15 09:50:00",
                                "u",
                                "b",
                                "{\"big\": 9007199254740993,\"nested\":{\"time\":1}}"));
    }

    @Test
    void both_forms_of_profiles_may_stand_in_one_file() {
        load(TableType.PROFILES, """
                {"distinct_id":"a","properties":{"plan":"free"},"last_seen":"2024-01-15T10:30:00Z"}
                {"$distinct_id":"b","$properties":{"$last_seen":"2024-01-16T10:30:00","$name":"Ünï"}}
                {"distinct_id":"c","properties":{},"last_seen":null}
                {"$distinct_id":"d","$properties":{}}
                """);

        assertThat(rows("SELECT distinct_id, properties::VARCHAR, last_seen::VARCHAR FROM mine ORDER BY ALL"))
                .containsExactly(
                        List.of("a", "{\"plan\":\"free\"}", "2024-01-15 10:30:00"),
                        List.of("b", "{\"$name\":\"Ünï\"}", "2024-01-16 10:30:00"),
                        Arrays.asList("c", "{}", null),
                        Arrays.asList("d", "{}", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'properties':{},'last_seen':null} | distinct_id",
                "{'distinct_id':'a','last_seen':null} | properties",
                "{'distinct_id':'a','properties':{}} | last_seen",
                "{'distinct_id':'','properties':{},'last_seen':null} | distinct_id",
                "{'distinct_id':'a','properties':{},'last_seen':1705312200} | last_seen",
                "{'$distinct_id':'a'} | $properties"
            })
    void a_profile_without_a_field_that_it_must_have_is_named_with_it(String line, String field) {
        InvalidRecordException failure = catchThrowableOfType(
                InvalidRecordException.class, () -> load(TableType.PROFILES, line.replace('\'', '"')));

        assertThat(failure).hasMessageStartingWith("Line 1").hasMessageContaining("'" + field + "'");
        assertThat(failure.field()).isEqualTo(field);
    }

    @Test
    void the_bytes_of_a_file_tell_how_far_a_load_is() throws IOException {
        String lines = IntStream.range(0, 5_000)
                .mapToObj(number -> FLAT.replace("\"insert_id\":\"a\"", "\"insert_id\":\"" + number + "\""))
                .collect(Collectors.joining());
        Path plain = Files.writeString(folder.resolve("plain.jsonl"), lines);
        Path packed = Files.write(folder.resolve("packed.jsonl.gz"), gzip(lines));
        for (Path source : List.of(plain, packed)) {
            List<long[]> told = new ArrayList<>();
            loads.load(
                    folder.resolve("tandem.db"),
                    new LoadRequest(
                            "mine",
                            TableType.EVENTS,
                            source,
                            LoadMode.REPLACE,
                            new BatchSize(1_000),
                            InvalidRecordPolicy.FAIL),
                    InputStream.nullInputStream(),
                    (rows, read, size) -> told.add(new long[] {rows, read, size}));

            assertThat(told).hasSize(5);
            assertThat(told).extracting(values -> values[0]).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L);
            assertThat(told).extracting(values -> values[1]).isSorted().allMatch(read -> read > 0);
            assertThat(told.get(4)).containsExactly(5_000, Files.size(source), Files.size(source));
        }
        loads.load(
                folder.resolve("tandem.db"),
                new LoadRequest(
                        "mine", TableType.EVENTS, null, LoadMode.REPLACE, BatchSize.DEFAULT, InvalidRecordPolicy.FAIL),
                new ByteArrayInputStream(gzip(lines)),
                (rows, read, size) -> assertThat(size).isZero());
    }

    @Test
    void a_table_is_looked_up_before_it_is_dropped() {
        load(TableType.EVENTS, FLAT);

        assertThat(loads.find(folder.resolve("tandem.db"), "MINE"))
                .extracting(TableInfo::name, TableInfo::rowCount)
                .containsExactly("mine", 1L);
        assertThatThrownBy(() -> loads.find(folder.resolve("tandem.db"), "events"))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_LOADED");
        assertThatThrownBy(() -> loads.find(folder.resolve("tandem.db"), "others"))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND")
                .extracting(failure -> ((TandemException) failure).remedy())
                .isEqualTo("Choose from: mine.");
    }

    @Test
    void gzip_is_recognized_by_its_content_and_appending_and_replacing_work_from_a_file() throws IOException {
        load(TableType.EVENTS, LoadMode.CREATE, gzip(FLAT));
        Path more = Files.write(folder.resolve("more.txt"), gzip(FLAT + EXPORTED));

        LoadReport appended = loads.load(
                folder.resolve("tandem.db"),
                new LoadRequest(
                        "MINE", TableType.EVENTS, more, LoadMode.APPEND, BatchSize.DEFAULT, InvalidRecordPolicy.FAIL),
                InputStream.nullInputStream(),
                LoadListener.NONE);
        assertThat(appended).isEqualTo(new LoadReport("mine", "events", 2, 1, 2, 0, List.of()));

        assertThat(load(TableType.EVENTS, LoadMode.REPLACE, EXPORTED.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new LoadReport("mine", "events", 1, 1, 1, 0, List.of()));
        assertThat(load(TableType.EVENTS, LoadMode.REPLACE, new byte[0]))
                .isEqualTo(new LoadReport("mine", "events", 0, 0, 0, 0, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"event_name\":1} ~ event_name",
                "{\"event_name\":\"e\",\"event_time\":1705312200} ~ event_time",
                "{\"event_name\":\"e\",\"event_time\":\"1705312200\",\"distinct_id\":\"u\",\"insert_id\":\"x\",\"properties\":{}} ~ event_time",
                "{\"event_name\":\"e\",\"event_time\":\"2024-01-15T10:30:00Z\",\"distinct_id\":\"u\",\"insert_id\":\"x\",\"properties\":[]} ~ properties",
                "{\"event_name\":\"e\",\"event_time\":\"2024-01-15T10:30:00Z\",\"distinct_id\":\"u\",\"insert_id\":\"x\",\"properties\":{},\"more\":1} ~ more",
                "{\"event_name\":\"e\",\"event_name\":\"f\"} ~ event_name",
                "{\"event\":\"e\",\"properties\":{\"time\":\"1705312200\"}} ~ time",
                "{\"event\":\"e\",\"properties\":{\"time\":1705312200000}} ~ time",
                "{\"event\":\"e\",\"properties\":{\"time\":1705312200,\"distinct_id\":\"u\"}} ~ $insert_id",
                "{\"event\":\"e\",\"properties\":1} ~ properties",
                "[1] ~ ``",
                "not json ~ ``",
                "{\"event_name\":\"e\" ~ ``"
            })
    void a_line_that_is_no_event_is_named_with_its_field_and_nothing_is_stored(String line, String field) {
        InvalidRecordException failure = catchThrowableOfType(
                InvalidRecordException.class, () -> load(TableType.EVENTS, FLAT + "\n" + line + "\n"));

        assertThat(failure).hasMessageContaining("Line 3, record 1");
        assertThat(failure.index()).isEqualTo(1);
        assertThat(failure.field()).isEqualTo(field.isEmpty() ? null : field);
        assertThat(rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'mine'"))
                .containsExactly(List.of(0L));
    }

    @Test
    void what_cannot_be_read_to_its_end_is_a_failure_and_nothing_is_stored() throws IOException {
        byte[] cut = Arrays.copyOf(gzip(FLAT.repeat(1_000)), 60);
        assertThatThrownBy(() -> load(TableType.EVENTS, LoadMode.CREATE, cut))
                .hasFieldOrPropertyWithValue("code", "SOURCE_NOT_READABLE");
        byte[] latin = FLAT.replace("Played", "Gesp\u00e4t").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> load(TableType.EVENTS, LoadMode.CREATE, latin))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("Line 1,")
                .hasMessageContaining("is not UTF-8");
        LoadRequest missing = new LoadRequest(
                "mine",
                TableType.EVENTS,
                folder.resolve("nowhere.jsonl"),
                LoadMode.CREATE,
                BatchSize.DEFAULT,
                InvalidRecordPolicy.FAIL);
        assertThatThrownBy(() -> loads.load(
                        folder.resolve("tandem.db"), missing, InputStream.nullInputStream(), LoadListener.NONE))
                .hasFieldOrPropertyWithValue("code", "SOURCE_NOT_READABLE");

        assertThat(load(TableType.EVENTS, FLAT).inserted()).isEqualTo(1);
    }

    @Test
    void a_line_of_ten_megabytes_is_loaded() {
        String line = FLAT.replace("3.140", "\"" + "ü".repeat(5_000_000) + "\"").replace("\"a\"", "\"long\"");

        assertThat(load(TableType.EVENTS, FLAT + line + EXPORTED).inserted()).isEqualTo(3);
        assertThat(rows("SELECT length(properties->>'pi') FROM mine WHERE insert_id = 'long'"))
                .containsExactly(List.of(5_000_000L));
    }

    private static String event(String id, String properties) {
        return "{\"event_name\":\"e\",\"event_time\":\"2024-01-15T10:30:00Z\",\"distinct_id\":\"u\",\"insert_id\":\""
                + id + "\",\"properties\":" + properties + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"x\":\"\\ud800\"}",
                "{\"x\":\"a\\uDC00b\"}",
                "{\"x\":\"\\ud83d\\u0041\"}",
                "{\"x\":{\"y\":[1,\"\\ud800\\ud800\"]}}",
                "{\"\\udfff\":1}"
            })
    void json_with_half_a_surrogate_pair_is_refused_with_its_line(String properties) {
        InvalidRecordException failure = catchThrowableOfType(
                InvalidRecordException.class,
                () -> load(TableType.EVENTS, event("1", "{}") + "\n" + event("2", properties) + "\n"));

        assertThat(failure).hasMessageStartingWith("Line 2, record 1").hasMessageContaining("lone surrogate");
        assertThat(failure.field()).isEqualTo("properties");
        assertThat(failure.remedy()).contains("--on-error skip");
    }

    @Test
    void every_text_that_is_accepted_can_be_read_back() {
        String[] pieces = {
            "\\ud83d\\ude00", "\\u0000", "\\u0041", "\\uffff", "\\ud800", "\\udfff", "\\n", "ü", "😀", "a", "\\\\u"
        };
        Random random = new Random(20261201);
        StringBuilder input = new StringBuilder();
        for (int record = 0; record < 2_000; record++) {
            String name = pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(pieces.length)];
            String text = pieces[random.nextInt(pieces.length)] + pieces[random.nextInt(pieces.length)];
            input.append(event(String.valueOf(record), "{\"" + name + "\":[\"" + text + "\"]}"))
                    .append('\n');
        }

        LoadReport report = skipping(input.toString());

        assertThat(report.inserted() + report.skipped()).isEqualTo(2_000);
        assertThat(report.inserted()).isBetween(200L, 1_800L);
        assertThat(
                        rows(
                                "SELECT count(*), count(json_keys(properties)), sum(length(properties->>'$.*[0]')) > 0 FROM mine"))
                .containsExactly(List.of(report.inserted(), report.inserted(), true));
    }

    @Test
    void invalid_records_can_be_skipped_and_are_reported() {
        String input = FLAT + "not json\n" + event("2", "{\"x\":\"\\ud800\"}") + "\n" + event("3", "[]") + "\n\n"
                + event("4", "{}").replace("2024-01-15T", "2024-02-30T") + "\n" + EXPORTED + event("2", "{}");

        LoadReport report = skipping(input);

        assertThat(report.read()).isEqualTo(7);
        assertThat(report.inserted()).isEqualTo(3);
        assertThat(report.repeated()).isZero();
        assertThat(report.skipped()).isEqualTo(4);
        assertThat(report.skippedRecords())
                .extracting(SkippedRecord::line, SkippedRecord::field)
                .containsExactly(
                        tuple(2L, null), tuple(3L, "properties"), tuple(4L, "properties"), tuple(6L, "event_time"));
        assertThat(rows("SELECT insert_id FROM mine ORDER BY ALL"))
                .containsExactly(List.of("2"), List.of("a"), List.of("b"));
    }

    @Test
    void only_the_first_skipped_records_are_kept_and_all_are_counted() {
        LoadReport report = skipping(FLAT + "x\n".repeat(50_000));

        assertThat(report.skipped()).isEqualTo(50_000);
        assertThat(report.skippedRecords()).hasSize(20);
    }

    @Test
    void bytes_that_are_not_utf8_skip_their_line_alone() {
        byte[] latin = (event("1", "{}") + "\n" + event("2", "{\"x\":\"\u00e4\"}") + "\n" + event("3", "{}") + "\n")
                .getBytes(StandardCharsets.ISO_8859_1);

        LoadReport report = load(TableType.EVENTS, LoadMode.CREATE, InvalidRecordPolicy.SKIP, latin);

        assertThat(report.inserted()).isEqualTo(2);
        assertThat(report.skippedRecords()).extracting(SkippedRecord::line).containsExactly(2L);
    }

    @Test
    void arrays_and_indented_objects_give_the_rows_of_json_lines() {
        List<String> events =
                List.of(event("1", "{\"x\": \"}]\\\"{\"}"), event("2", "{}"), event("3", "{\"y\":[{\"z\":[1.10]}]}"));
        String indented = events.stream()
                .map(event -> event.replace(",\"", ",\n  \"").replaceFirst("\\{", "{\n  "))
                .collect(Collectors.joining("\n"));
        load(TableType.EVENTS, String.join("\n", events));
        List<List<Object>> lines = rows("FROM mine ORDER BY insert_id");

        for (String input : List.of(
                "[" + String.join(",", events) + "]",
                " [\n" + String.join("\n,\n", events) + "\n]\n",
                "[" + indented.replace("\"}\n{", "\"},{").replace("}\n{", "},{") + "]",
                indented,
                indented + "\n",
                "\uFEFF" + indented,
                String.join("\r\n", events))) {
            load(TableType.EVENTS, LoadMode.REPLACE, input.getBytes(StandardCharsets.UTF_8));

            assertThat(rows("SELECT count(*) FROM mine")).as(input).containsExactly(List.of(3L));
            assertThat(rows("SELECT insert_id, properties->>'x', properties->>'$.y[0].z[0]' FROM mine ORDER BY 1"))
                    .as(input)
                    .containsExactly(
                            Arrays.asList("1", "}]\"{", null),
                            Arrays.asList("2", null, null),
                            Arrays.asList("3", null, "1.1"));
        }
        assertThat(lines).hasSize(3);
    }

    @Test
    void an_empty_array_is_an_empty_table() {
        assertThat(load(TableType.EVENTS, " [ ]\n").inserted()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[#,@] | 1 | it is not a JSON object",
                "[@,^1] | 2 | it is not a JSON object",
                "[@ @] | 1 | text after the JSON object",
                "[@] @ | 1 | text after the end of the array",
                "[@,^^@ | 3 | truncated by the end of the input",
                "[@, | 1 | ends within the array",
                "{^ 'a':1}^}^{^ 'a':2} | 1 | 'a' is not a known field",
            })
    void a_broken_array_is_named_with_its_line(String pattern, long line, String problem) {
        String input = pattern.replace("^", "\n")
                .replace("@", event("1", "{}"))
                .replace("#", "\"text\"")
                .replace('\'', '"');

        assertThatThrownBy(() -> load(TableType.EVENTS, input))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("Line " + line + ",")
                .hasMessageContaining(problem);
    }

    @Test
    void a_record_that_is_cut_off_in_an_array_is_skipped_and_the_ones_before_it_stay() {
        String whole = "[" + event("1", "{}") + "," + event("2", "{}") + "]";

        LoadReport report = skipping(whole.substring(0, whole.length() - 5));

        assertThat(report.inserted()).isEqualTo(1);
        assertThat(report.skipped()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void csv_with_a_header_gives_events(String separator) {
        String csv = """
                event_name,event_time,distinct_id,insert_id,properties
                Played,2024-01-15T10:30:00+05:00,u,a,"{""big"": 9007199254740993, ""t"": ""a, b""}"
                "Stop
                ped",2024-01-16 10:30:00,u,b,{}
                """.replaceAll(",(?! )", separator);

        assertThat(load(TableType.EVENTS, csv).inserted()).isEqualTo(2);
        assertThat(rows("SELECT event_name, event_time::VARCHAR, properties->>'big', properties->>'t' FROM mine"
                        + " ORDER BY insert_id"))
                .containsExactly(
                        List.of("Played", "2024-01-15 05:30:00", "9007199254740993", "a, b"),
                        Arrays.asList("Stop\nped", "2024-01-16 10:30:00", null, null));
    }

    @Test
    void csv_gives_profiles_and_an_empty_last_seen_is_null() {
        load(TableType.PROFILES, """
                distinct_id,properties,last_seen\r
                a,"{""plan"":""free""}",2024-01-15T10:30:00Z\r
                b,{},\r
                """);

        assertThat(rows("SELECT distinct_id, properties::VARCHAR, last_seen::VARCHAR FROM mine ORDER BY ALL"))
                .containsExactly(
                        List.of("a", "{\"plan\":\"free\"}", "2024-01-15 10:30:00"), Arrays.asList("b", "{}", null));
    }

    @Test
    void a_csv_row_that_is_wrong_is_named_or_skipped_with_its_line() {
        String csv = """
                event_name,event_time,distinct_id,insert_id,properties
                e,2024-01-15T10:30:00Z,u,a,{}
                e,2024-01-15T10:30:00Z,u,b,{},too,many
                e,yesterday,u,c,{}
                e,2024-01-15T10:30:00Z,u,d,"{""x"":""\\ud800""}"
                e,2024-01-15T10:30:00Z,u,e
                e,2024-01-15T10:30:00Z,u,f,{}
                """;

        assertThatThrownBy(() -> load(TableType.EVENTS, csv))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("Line 3,");
        LoadReport report = skipping(csv);

        assertThat(report.skippedRecords())
                .extracting(SkippedRecord::line, SkippedRecord::field)
                .containsExactly(
                        tuple(3L, null), tuple(4L, "event_time"), tuple(5L, "properties"), tuple(6L, "properties"));
        assertThat(rows("SELECT insert_id FROM mine ORDER BY ALL")).containsExactly(List.of("a"), List.of("f"));
    }

    @Test
    void a_first_line_that_is_cut_short_does_not_take_the_next_lines_with_it() {
        LoadReport report = skipping("{\"event_name\":\"e\",\n" + event("1", "{}") + "\n" + event("2", "{}") + "\n");

        assertThat(report.inserted()).isEqualTo(2);
        assertThat(report.skippedRecords()).extracting(SkippedRecord::line).containsExactly(1L);
    }
}
