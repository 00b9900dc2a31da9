package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.load.engine.BatchSize;
import io.github.tandemfetch.load.engine.EventRecord;
import io.github.tandemfetch.load.engine.LoadProgress;
import io.github.tandemfetch.load.engine.StorageEngine;
import io.github.tandemfetch.load.engine.StorageEngineOpener;
import io.github.tandemfetch.load.engine.TableMetadata;
import io.github.tandemfetch.load.engine.TableType;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TableInspectorTest {
    private final DatabaseOpener opener = new DatabaseOpener();
    private final TableInspector tables = new TableInspector(opener);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void load() {
        file = folder.resolve("tandem.db");
        try (StorageEngine engine = new StorageEngineOpener(opener).open(file)) {
            engine.createEventsTable(
                    "Select",
                    IntStream.range(0, 100)
                            .mapToObj(number -> new EventRecord(
                                    number % 4 == 0 ? "Skipped" : "Played",
                                    "2024-01-%02dT10:30:00+05:00".formatted(1 + number % 28),
                                    "user" + number % 3,
                                    "key" + number,
                                    number % 2 == 0
                                            ? "{\"country\":\"DE\",\"device\":{\"model\":\"m" + number % 5 + "\"}}"
                                            : "{\"it's\":1}"))
                            .iterator(),
                    TableMetadata.of(TableType.EVENTS, Instant.parse("2026-11-21T10:00:00Z")),
                    LoadProgress.NONE,
                    BatchSize.DEFAULT);
        }
    }

    private static List<List<String>> rows(Consumer<RowSink> look) {
        CollectedRows rows = new CollectedRows();
        look.accept(rows);
        return rows.rows();
    }

    @Test
    void pump_tables_and_loaded_ones_are_listed_alike() {
        CollectedRows listed = new CollectedRows();
        tables.tables(file, listed);

        assertThat(listed.names()).containsExactly("table", "type", "rows", "first", "last");
        assertThat(listed.rows())
                .extracting(row -> row.get(0))
                .containsExactly("raw_events", "events", "cgm_readings", "basal_deliveries", "Select");
        assertThat(listed.rows().get(4))
                .containsExactly(
                        "Select",
                        "events",
                        "100",
                        "2024-01-01T05:30:00.000000+00:00",
                        "2024-01-28T05:30:00.000000+00:00");
    }

    @Test
    void a_table_has_columns_rows_and_a_summary() {
        assertThat(rows(sink -> tables.schema(file, "select", sink)))
                .contains(
                        Arrays.asList("event_time", "TIMESTAMP", "false", null),
                        Arrays.asList("properties", "JSON", "true", null));
        assertThat(rows(sink -> tables.schema(file, "cgm_readings", sink)))
                .extracting(row -> row.get(0))
                .startsWith("id", "events_id", "timestamp", "cgm_reading");
        List<List<String>> summary = rows(sink -> tables.summarize(RowSelection.all(file, "SELECT"), sink));
        assertThat(summary).hasSize(5);
        assertThat(summary.get(1)).startsWith("event_time", "TIMESTAMP", "2024-01-01T05:30:00", "2024-01-28T05:30:00");
        assertThat(summary.get(3)).startsWith("insert_id", "VARCHAR", "key0", "key99");
        assertThat(rows(sink -> tables.summarize(RowSelection.all(file, "events"), sink)))
                .isNotEmpty();
    }

    @Test
    void a_sample_is_spread_over_the_table_and_the_same_each_time() {
        List<List<String>> sample = rows(sink -> tables.sample(RowSelection.all(file, "Select"), 10, sink));

        assertThat(sample)
                .hasSize(10)
                .isEqualTo(rows(sink -> tables.sample(RowSelection.all(file, "Select"), 10, sink)));
        assertThat(sample)
                .extracting(row -> row.get(3))
                .startsWith("key0", "key10")
                .endsWith("key90");
        assertThat(rows(sink -> tables.sample(RowSelection.all(file, "Select"), 1_000, sink)))
                .hasSize(100);
        assertThat(rows(sink -> tables.sample(RowSelection.all(file, "Select"), 0, sink)))
                .isEmpty();
        assertThat(rows(sink -> tables.sample(RowSelection.all(file, "events"), 10, sink)))
                .isEmpty();
    }

    @Test
    void a_large_sample_has_the_order_of_the_table() {
        try (Database database = opener.openForWriting(file)) {
            database.execute("""
                    INSERT INTO "Select" SELECT 'Played', TIMESTAMP '2024-02-01', 'user', 'more' || range, '{}'
                    FROM range(400000)
                    """);
        }

        List<String> keys = rows(sink -> tables.sample(RowSelection.all(file, "Select"), 350_000, sink)).stream()
                .map(row -> row.get(3))
                .toList();

        assertThat(keys).hasSize(350_000).startsWith("key0", "key1").endsWith("more349899");
        assertThat(keys.subList(100, keys.size()))
                .isEqualTo(IntStream.range(0, 349_900)
                        .mapToObj(number -> "more" + number)
                        .toList());
    }

    @Test
    void events_are_counted_by_name_with_first_and_last() {
        assertThat(rows(sink -> tables.breakdown(RowSelection.all(file, "Select"), sink)))
                .containsExactly(
                        List.of("Played", "75", "2024-01-02T05:30:00.000000+00:00", "2024-01-28T05:30:00.000000+00:00"),
                        List.of(
                                "Skipped",
                                "25",
                                "2024-01-01T05:30:00.000000+00:00",
                                "2024-01-25T05:30:00.000000+00:00"));
        assertThat(rows(sink -> tables.breakdown(RowSelection.all(file, "events"), sink)))
                .isEmpty();
        assertThatThrownBy(() -> rows(sink -> tables.breakdown(RowSelection.all(file, "cgm_readings"), sink)))
                .hasFieldOrPropertyWithValue("code", "COLUMN_NOT_FOUND");
    }

    @Test
    void property_names_are_counted_at_any_depth() {
        assertThat(rows(sink -> tables.keys(RowSelection.all(file, "Select"), null, sink)))
                .containsExactly(
                        List.of("country", "50", "0.5"), List.of("device", "50", "0.5"), List.of("it's", "50", "0.5"));
        assertThat(rows(sink -> tables.keys(RowSelection.all(file, "Select"), "$.device", sink)))
                .containsExactly(List.of("model", "50", "0.5"));
        assertThat(rows(sink -> tables.keys(RowSelection.all(file, "raw_events"), null, sink)))
                .isEmpty();
        assertThatThrownBy(() -> rows(sink -> tables.keys(RowSelection.all(file, "cgm_readings"), null, sink)))
                .hasFieldOrPropertyWithValue("code", "COLUMN_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "properties.country",
                "$.country",
                "properties.$.country",
                "properties->>'$.country'",
                "PROPERTIES.country"
            })
    void a_place_in_the_json_can_be_written_in_several_ways(String expression) {
        List<List<String>> values = rows(sink -> tables.column(RowSelection.all(file, "Select"), expression, 10, sink));

        assertThat(values).hasSize(2);
        assertThat(values).anySatisfy(row -> assertThat(row).containsExactly("DE", "50", "0.5"));
        assertThat(values).anySatisfy(row -> assertThat(row).containsExactly(null, "50", "0.5"));
    }

    @Test
    void a_column_has_its_most_frequent_values() {
        assertThat(rows(sink -> tables.column(RowSelection.all(file, "Select"), "event_name", 1, sink)))
                .containsExactly(List.of("Played", "75", "0.75"));
        assertThat(rows(sink -> tables.column(RowSelection.all(file, "cgm_readings"), "status", 10, sink)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*)",
                "1; DROP TABLE \"Select\"",
                "event_name || 'x'",
                "(SELECT 1)",
                "\"event_name\"",
                "properties.a') FROM \"Select\"; --",
                "$.a' || 'b",
                ""
            })
    void an_expression_is_never_sql(String expression) {
        try {
            assertThat(rows(sink -> tables.column(RowSelection.all(file, "Select"), expression, 10, sink)))
                    .containsExactly(java.util.Arrays.asList(null, "100", "1.0"));
        } catch (DatabaseException e) {
            assertThat(e.code()).isIn("COLUMN_NOT_FOUND", "DATABASE_FAILED");
        }
        assertThat(rows(sink -> tables.tables(file, sink))).hasSize(5);
    }

    @Test
    void a_table_that_is_not_there_is_said_with_a_suggestion() {
        assertThat(catchThrowableOfType(
                                DatabaseException.class,
                                () -> rows(sink -> tables.sample(RowSelection.all(file, "cgm_reading"), 1, sink)))
                        .remedy())
                .contains("cgm_readings");
        assertThatThrownBy(() -> rows(sink -> tables.schema(file, "_metadata", sink)))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
    }
}
