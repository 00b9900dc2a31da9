package io.github.tandemfetch.store.load;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.engine.BatchSize;
import io.github.tandemfetch.store.engine.InvalidRecordException;
import io.github.tandemfetch.store.engine.StorageEngine;
import io.github.tandemfetch.store.engine.StorageEngineOpener;
import io.github.tandemfetch.store.engine.TableInfo;
import io.github.tandemfetch.store.engine.TableNotFoundException;
import io.github.tandemfetch.store.engine.TableNotLoadedException;
import io.github.tandemfetch.store.engine.TableType;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
        return loads.load(
                folder.resolve("tandem.db"),
                new LoadRequest("mine", type, null, mode, BatchSize.DEFAULT),
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
                .isEqualTo(new LoadReport("mine", "events", 3, 2, 2));

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
                    new LoadRequest("mine", TableType.EVENTS, source, LoadMode.REPLACE, new BatchSize(1_000)),
                    InputStream.nullInputStream(),
                    (rows, read, size) -> told.add(new long[] {rows, read, size}));

            assertThat(told).hasSize(5);
            assertThat(told).extracting(values -> values[0]).containsExactly(1_000L, 2_000L, 3_000L, 4_000L, 5_000L);
            assertThat(told).extracting(values -> values[1]).isSorted().allMatch(read -> read > 0);
            assertThat(told.get(4)).containsExactly(5_000, Files.size(source), Files.size(source));
        }
        loads.load(
                folder.resolve("tandem.db"),
                new LoadRequest("mine", TableType.EVENTS, null, LoadMode.REPLACE, BatchSize.DEFAULT),
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
                .isInstanceOf(TableNotLoadedException.class);
        assertThatThrownBy(() -> loads.find(folder.resolve("tandem.db"), "others"))
                .isInstanceOf(TableNotFoundException.class)
                .extracting(failure -> ((TandemException) failure).remedy())
                .isEqualTo("Choose from: mine.");
    }

    @Test
    void gzip_is_recognised_by_its_content_and_appending_and_replacing_work_from_a_file() throws IOException {
        load(TableType.EVENTS, LoadMode.CREATE, gzip(FLAT));
        Path more = Files.write(folder.resolve("more.txt"), gzip(FLAT + EXPORTED));

        LoadReport appended = loads.load(
                folder.resolve("tandem.db"),
                new LoadRequest("MINE", TableType.EVENTS, more, LoadMode.APPEND, BatchSize.DEFAULT),
                InputStream.nullInputStream(),
                LoadListener.NONE);
        assertThat(appended).isEqualTo(new LoadReport("mine", "events", 2, 1, 2));

        assertThat(load(TableType.EVENTS, LoadMode.REPLACE, EXPORTED.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new LoadReport("mine", "events", 1, 1, 1));
        assertThat(load(TableType.EVENTS, LoadMode.REPLACE, new byte[0]))
                .isEqualTo(new LoadReport("mine", "events", 0, 0, 0));
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
                .isInstanceOf(SourceNotReadableException.class);
        byte[] latin = FLAT.replace("Played", "Gesp\u00e4t").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> load(TableType.EVENTS, LoadMode.CREATE, latin))
                .isInstanceOf(SourceNotReadableException.class)
                .hasMessageContaining("line 1 is no UTF-8");
        LoadRequest missing = new LoadRequest(
                "mine", TableType.EVENTS, folder.resolve("nowhere.jsonl"), LoadMode.CREATE, BatchSize.DEFAULT);
        assertThatThrownBy(() -> loads.load(
                        folder.resolve("tandem.db"), missing, InputStream.nullInputStream(), LoadListener.NONE))
                .isInstanceOf(SourceNotReadableException.class);

        assertThat(load(TableType.EVENTS, FLAT).inserted()).isEqualTo(1);
    }

    @Test
    void a_line_of_ten_megabytes_is_loaded() {
        String line = FLAT.replace("3.140", "\"" + "ü".repeat(5_000_000) + "\"").replace("\"a\"", "\"long\"");

        assertThat(load(TableType.EVENTS, FLAT + line + EXPORTED).inserted()).isEqualTo(3);
        assertThat(rows("SELECT length(properties->>'pi') FROM mine WHERE insert_id = 'long'"))
                .containsExactly(List.of(5_000_000L));
    }
}
