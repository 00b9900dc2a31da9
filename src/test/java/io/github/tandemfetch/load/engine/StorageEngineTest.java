package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.store.DatabaseNotFoundException;
import io.github.tandemfetch.store.DatabaseOpener;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StorageEngineTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.123456Z");
    private static final BatchSize SMALL = new BatchSize(BatchSize.SMALLEST);

    private final StorageEngineOpener opener = new StorageEngineOpener(new DatabaseOpener());

    @TempDir
    Path folder;

    private StorageEngine engine;

    @BeforeEach
    void open() {
        engine = opener.open(folder.resolve("tandem.db"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static TableMetadata events() {
        return TableMetadata.of(TableType.EVENTS, NOW);
    }

    private static EventRecord event(int number) {
        return event("key-" + number, number);
    }

    private static EventRecord event(String key, int number) {
        return new EventRecord("Song Played", "2024-01-15T10:30:00Z", "user", key, "{\"number\":" + number + "}");
    }

    private static Iterator<EventRecord> events(int count) {
        return records(count, StorageEngineTest::event);
    }

    private static <R> Iterator<R> records(int count, IntFunction<R> record) {
        return IntStream.range(0, count).mapToObj(record).iterator();
    }

    private long create(String name, Iterator<EventRecord> records) {
        return engine.createEventsTable(name, records, events(), LoadProgress.NONE, SMALL);
    }

    private void assertNothingWasStored(String name) {
        assertThat(engine.tableExists(name)).isFalse();
        assertThat(engine.listTables()).extracting(TableInfo::name).doesNotContain(name);
    }

    @Test
    void events_are_stored_with_the_schema_of_the_document() {
        assertThat(create("songs", events(250))).isEqualTo(250);

        assertThat(engine.getSchema("songs").columns())
                .containsExactly(
                        new ColumnInfo("event_name", "VARCHAR", false, false),
                        new ColumnInfo("event_time", "TIMESTAMP", false, false),
                        new ColumnInfo("distinct_id", "VARCHAR", false, false),
                        new ColumnInfo("insert_id", "VARCHAR", false, true),
                        new ColumnInfo("properties", "JSON", true, false));
        assertThat(engine.executeRows(
                        "SELECT event_name, event_time::VARCHAR, distinct_id, insert_id, properties->>'$.number'"
                                + " FROM songs WHERE insert_id = ?",
                        "key-7"))
                .containsExactly(List.of("Song Played", "2024-01-15 10:30:00", "user", "key-7", "7"));
    }

    @Test
    void profiles_are_stored_with_the_schema_of_the_document() {
        Iterator<ProfileRecord> profiles = List.of(
                        new ProfileRecord("a", "{\"plan\":\"premium\"}", "2024-01-15T10:30:00+05:00"),
                        new ProfileRecord("b", "{}", null),
                        new ProfileRecord("a", "{\"plan\":\"free\"}", null))
                .iterator();

        long inserted = engine.createProfilesTable(
                "people", profiles, TableMetadata.of(TableType.PROFILES, NOW), LoadProgress.NONE, SMALL);

        assertThat(inserted).isEqualTo(2);
        assertThat(engine.getSchema("people").columns())
                .containsExactly(
                        new ColumnInfo("distinct_id", "VARCHAR", false, true),
                        new ColumnInfo("properties", "JSON", true, false),
                        new ColumnInfo("last_seen", "TIMESTAMP", true, false));
        assertThat(engine.executeRows("SELECT properties->>'$.plan', last_seen::VARCHAR FROM people ORDER BY ALL"))
                .first()
                .isEqualTo(List.of("premium", "2024-01-15 05:30:00"));
    }

    @Test
    void the_metadata_table_has_the_six_columns_of_the_document_and_no_other() {
        create("songs", events(3));

        assertThat(engine.getSchema("_metadata").columns())
                .containsExactly(
                        new ColumnInfo("table_name", "VARCHAR", false, true),
                        new ColumnInfo("type", "VARCHAR", false, false),
                        new ColumnInfo("fetched_at", "TIMESTAMP", false, false),
                        new ColumnInfo("from_date", "DATE", true, false),
                        new ColumnInfo("to_date", "DATE", true, false),
                        new ColumnInfo("row_count", "INTEGER", false, false));
        assertThat(summaries()).containsExactly(List.of("songs", TableType.EVENTS, 3L, NOW));
    }

    @Test
    void metadata_comes_back_as_it_was_given_with_its_filters() {
        TableMetadata given = new TableMetadata(
                TableType.EVENTS,
                NOW,
                LocalDate.of(2024, 1, 1),
                LocalDate.of(2024, 1, 31),
                List.of("Song Played", "it's \"quoted\""),
                "properties[\"plan\"] == 'premium'");

        engine.createEventsTable("songs", events(1), given, LoadProgress.NONE, SMALL);

        assertThat(engine.getMetadata("songs")).isEqualTo(given);
        assertThat(engine.getMetadata("SONGS")).isEqualTo(given);
    }

    @Test
    void an_empty_iterator_gives_a_valid_empty_table() {
        List<Long> told = new ArrayList<>();

        assertThat(engine.createEventsTable("none", events(0), events(), told::add, SMALL))
                .isZero();

        assertThat(told).isEmpty();
        assertThat(engine.executeScalar("SELECT count(*) FROM none")).isEqualTo(0L);
        assertThat(engine.getMetadata("none").fromDate()).isNull();
        assertThat(engine.appendEvents("none", events(5), events(), LoadProgress.NONE, SMALL))
                .isEqualTo(5);
    }

    @Test
    void at_most_one_batch_is_taken_ahead_and_progress_counts_inserted_rows() {
        List<Long> told = new ArrayList<>();
        int[] taken = {0};
        Iterator<EventRecord> source = records(1_050, number -> {
            taken[0]++;
            return event("key-" + number / 2, number);
        });

        engine.createEventsTable(
                "songs",
                source,
                events(),
                rows -> {
                    told.add(rows);
                    assertThat(taken[0]).isLessThanOrEqualTo(100 * told.size());
                },
                SMALL);

        assertThat(told).hasSize(11).startsWith(50L, 100L).endsWith(500L, 525L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 250, 499})
    void an_iterator_that_throws_leaves_nothing_behind_and_the_same_name_can_be_used_again(int at) {
        IllegalStateException broken = new IllegalStateException("the source broke");

        assertThatThrownBy(() -> create("songs", records(500, number -> {
                    if (number == at) {
                        throw broken;
                    }
                    return event(number);
                })))
                .isSameAs(broken);

        assertNothingWasStored("songs");
        assertThat(create("songs", events(500))).isEqualTo(500);
    }

    @Test
    void a_progress_callback_that_throws_leaves_nothing_behind() {
        assertThatThrownBy(() -> engine.createEventsTable(
                        "songs",
                        events(300),
                        events(),
                        rows -> {
                            throw new IllegalStateException("enough");
                        },
                        SMALL))
                .hasMessage("enough");

        assertNothingWasStored("songs");
    }

    @Test
    void a_failed_append_and_a_failed_replace_leave_the_table_as_it_was() {
        create("songs", events(10));
        Iterator<EventRecord> broken = records(300, number -> number == 299 ? null : event(number + 1_000));
        Iterator<EventRecord> brokenToo = records(300, number -> number == 299 ? null : event(number + 1_000));

        assertThatThrownBy(() -> engine.appendEvents("songs", broken, events(), LoadProgress.NONE, SMALL))
                .isInstanceOf(InvalidRecordException.class);
        assertThatThrownBy(() -> engine.replaceEvents("songs", brokenToo, events(), LoadProgress.NONE, SMALL))
                .isInstanceOf(InvalidRecordException.class);

        assertThat(engine.executeScalar("SELECT count(*) FROM songs")).isEqualTo(10L);
        assertThat(engine.executeScalar("SELECT row_count FROM _metadata")).isEqualTo(10);
    }

    @Test
    void the_first_of_200_000_records_with_four_of_each_key_wins_with_two_threads() {
        engine.execute("SET threads = 2");

        long inserted = engine.createEventsTable(
                "songs",
                records(200_000, number -> event("key-" + number % 50_000, number)),
                events(),
                LoadProgress.NONE,
                BatchSize.DEFAULT);

        assertThat(inserted).isEqualTo(50_000);
        assertThat(engine.executeScalar("SELECT row_count FROM _metadata")).isEqualTo(50_000);
        assertThat(engine.executeScalar("""
                        SELECT count(*) FROM songs
                        WHERE insert_id = 'key-' || (properties->>'$.number') AND (properties->>'$.number')::INTEGER < 50000
                        """)).isEqualTo(50_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_sequence_of_appends_keeps_the_first_of_each_key(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> expected = new HashMap<>();
        create("songs", events(0));
        int number = 0;
        for (int round = 0; round < 4; round++) {
            List<EventRecord> records = new ArrayList<>();
            int before = expected.size();
            for (int i = random.nextInt(700); i > 0; i--) {
                String key = "k" + random.nextInt(500);
                records.add(event(key, number));
                expected.putIfAbsent(key, number++);
            }
            assertThat(engine.appendEvents("songs", records.iterator(), events(), LoadProgress.NONE, SMALL))
                    .as("seed %d", seed)
                    .isEqualTo(expected.size() - before);
            assertThat(engine.listTables().get(0).rowCount())
                    .as("seed %d", seed)
                    .isEqualTo(expected.size());
        }
        Map<String, Integer> stored = new HashMap<>();
        engine.executeRows("SELECT insert_id, (properties->>'$.number')::INTEGER FROM songs")
                .forEach(row -> stored.put((String) row.get(0), (Integer) row.get(1)));
        assertThat(stored).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void appending_widens_the_days_and_never_narrows_them() {
        create("songs", List.of(at("2024-01-15T10:30:00Z", "a")).iterator());
        assertThat(engine.getMetadata("songs").fromDate()).isEqualTo("2024-01-15");

        engine.appendEvents(
                "songs",
                List.of(at("2024-02-01T00:00:00Z", "b"), at("2024-01-10T23:00:00-05:00", "c"))
                        .iterator(),
                events(),
                LoadProgress.NONE,
                SMALL);
        assertThat(engine.getMetadata("songs").fromDate()).isEqualTo("2024-01-11");
        assertThat(engine.getMetadata("songs").toDate()).isEqualTo("2024-02-01");

        LocalDate day = LocalDate.of(2024, 1, 20);
        engine.appendEvents(
                "songs",
                events(0),
                new TableMetadata(TableType.EVENTS, NOW.minusSeconds(60), day, day, null, null),
                LoadProgress.NONE,
                SMALL);
        assertThat(engine.getMetadata("songs").fromDate()).isEqualTo("2024-01-11");
        assertThat(engine.getMetadata("songs").toDate()).isEqualTo("2024-02-01");
        assertThat(engine.getMetadata("songs").fetchedAt()).isEqualTo(NOW);
    }

    private static EventRecord at(String time, String key) {
        return new EventRecord("e", time, "u", key, "{}");
    }

    @Test
    void a_table_that_is_there_is_not_made_again_in_any_case_of_letters() {
        create("songs", events(3));

        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> create("Songs", events(1)));

        assertThat(failure.code()).isEqualTo("TABLE_EXISTS");
        assertThat(failure.details()).containsEntry("table", "Songs");
        assertThat(engine.executeScalar("SELECT count(*) FROM songs")).isEqualTo(3L);
    }

    @Test
    void replacing_takes_the_new_rows_only() {
        create("songs", events(30));

        long inserted = engine.replaceEvents("songs", events(7), events(), LoadProgress.NONE, SMALL);

        assertThat(inserted).isEqualTo(7);
        assertThat(engine.executeScalar("SELECT count(*) FROM songs")).isEqualTo(7L);
        assertThat(engine.listTables()).extracting(TableInfo::rowCount).containsExactly(7L);
        assertThat(engine.replaceEvents("others", events(2), events(), LoadProgress.NONE, SMALL))
                .isEqualTo(2);
    }

    @Test
    void what_was_replaced_and_appended_is_there_after_opening_again() {
        create("songs", events(30));
        engine.replaceEvents("songs", events(7), events(), LoadProgress.NONE, SMALL);
        engine.appendEvents("songs", events(9), events(), LoadProgress.NONE, SMALL);
        engine.close();

        engine = opener.openForReading(folder.resolve("tandem.db"));

        assertThat(engine.executeScalar("SELECT count(*) FROM songs")).isEqualTo(9L);
        assertThat(engine.executeScalar("SELECT count(*) FROM songs WHERE insert_id = 'key-8'"))
                .isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "_metadata",
                "_x",
                "a b",
                "a-b",
                "a.b",
                "ä",
                "a;DROP TABLE events",
                "\"",
                "a\"b",
                "a\n",
                "events",
                "EVENTS",
                "raw_events",
                "Cgm_Readings",
                "'; DROP TABLE raw_events; --"
            })
    void names_that_no_loaded_table_may_have_are_refused(String name) {
        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> create(name, events(1)));

        assertThat(failure.code()).isEqualTo("INVALID_TABLE_NAME");
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
        assertThat(engine.listTables()).isEmpty();
    }

    @Test
    void a_name_of_255_letters_is_taken_and_one_of_256_is_not_and_neither_is_none() {
        assertThat(create("x".repeat(255), events(1))).isEqualTo(1);
        assertThatThrownBy(() -> create("x".repeat(256), events(1)))
                .hasFieldOrPropertyWithValue("code", "INVALID_TABLE_NAME");
        assertThatThrownBy(() -> create(null, events(1))).hasFieldOrPropertyWithValue("code", "INVALID_TABLE_NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "table", "SELECT", "1234", "0", "group", "Order"})
    void words_of_the_language_and_numbers_are_names_like_any_other(String name) {
        assertThat(create(name, events(5))).isEqualTo(5);
        assertThat(engine.appendEvents(name, events(6), events(), LoadProgress.NONE, SMALL))
                .isEqualTo(1);
        assertThat(engine.getSchema(name).columns()).hasSize(5);
        engine.dropTable(name);
        assertThat(engine.tableExists(name)).isFalse();
    }

    @Test
    void a_table_of_tandems_own_is_neither_made_nor_replaced_nor_dropped() {
        assertThatThrownBy(() -> create("schema_version", events(1)))
                .hasFieldOrPropertyWithValue("code", "TABLE_EXISTS");
        assertThatThrownBy(() -> engine.replaceEvents("schema_version", events(1), events(), LoadProgress.NONE, SMALL))
                .hasFieldOrPropertyWithValue("code", "TABLE_EXISTS");
        create("songs", events(1));
        for (String name : List.of("schema_version", "raw_events", "EVENTS", "_metadata")) {
            assertThatThrownBy(() -> engine.dropTable(name)).hasFieldOrPropertyWithValue("code", "TABLE_NOT_LOADED");
            assertThat(engine.tableExists(name)).as(name).isTrue();
        }
    }

    @Test
    void a_table_of_pump_data_is_called_by_what_it_is() {
        DatabaseException dropped = catchThrowableOfType(DatabaseException.class, () -> engine.dropTable("events"));
        assertThat(dropped).hasMessageContaining("'events' holds pump data").hasMessageContaining("never dropped");
        assertThat(dropped.remedy()).contains("tandem parse --rebuild");
        assertThat(dropped.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
        assertThat(dropped.details()).containsEntry("table", "events");

        DatabaseException loaded =
                catchThrowableOfType(DatabaseException.class, () -> create("cgm_readings", events(1)));
        assertThat(loaded).hasMessageContaining("pump data");
        assertThat(loaded.remedy()).isEqualTo("Choose another name for your table.");
        assertThatThrownBy(() -> engine.appendEvents("events", events(1), events(), LoadProgress.NONE, SMALL))
                .hasFieldOrPropertyWithValue("code", "INVALID_TABLE_NAME");
        assertThatThrownBy(() -> engine.getMetadata("events")).hasFieldOrPropertyWithValue("code", "TABLE_NOT_LOADED");
    }

    @ParameterizedTest
    @CsvSource({
        "2024-01-15T10:30:00Z, 2024-01-15 10:30:00",
        "2024-01-15T10:30:00, 2024-01-15 10:30:00",
        "2024-01-15 10:30:00, 2024-01-15 10:30:00",
        "2024-01-15T10:30:00+05:00, 2024-01-15 05:30:00",
        "2024-01-15T10:30:00-0530, 2024-01-15 16:00:00",
        "2024-01-15T10:30:00.5Z, 2024-01-15 10:30:00.5",
        "2024-01-15T10:30:00.123456+00:00, 2024-01-15 10:30:00.123456",
        "2024-01-15T10:30:00.123456789Z, 2024-01-15 10:30:00.123456",
        "2024-02-29T23:59:59Z, 2024-02-29 23:59:59",
        "1969-12-31T23:59:59.999999Z, 1969-12-31 23:59:59.999999",
        "2024-01-01T00:00:00+14:00, 2023-12-31 10:00:00"
    })
    void times_become_utc(String given, String stored) {
        create("songs", List.of(at(given, "a")).iterator());

        assertThat(engine.executeScalar("SELECT event_time::VARCHAR FROM songs"))
                .isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1705312200",
                "infinity",
                "-infinity",
                "epoch",
                "now",
                "2024-01-15",
                "2024-02-30T10:00:00Z",
                "2023-02-29T10:00:00Z",
                "2024-13-01T10:00:00Z",
                "2024-01-15T24:00:00Z",
                "2024-01-15T10:60:00Z",
                "2024-01-15T10:30:60Z",
                "2024-01-15T10:30:00+25:00",
                "2024-01-15T10:30:00 UTC",
                "2024-01-15T10:30:00.Z",
                "2024-01-15T10:30:00.1234567890Z",
                "15.01.2024 10:30:00",
                "2024-01-15T10:30:00Z; DROP TABLE events",
                "٢٠٢٤-01-15T10:30:00Z"
            })
    void what_is_no_time_is_refused_with_its_record_and_field(String time) {
        InvalidRecordException failure = catchThrowableOfType(
                InvalidRecordException.class,
                () -> create("songs", List.of(event(0), event(1), at(time, "a")).iterator()));

        assertThat(failure.index()).isEqualTo(2);
        assertThat(failure.field()).isEqualTo("event_time");
        assertThat(failure.details()).containsEntry("index", 2L).containsEntry("field", "event_time");
        assertNothingWasStored("songs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "1", "\"{}\"", "{", "{} {}", "{}x", "{\"a\":NaN}", "{'a':1}", "{\"a\":1,}"})
    void properties_that_are_no_json_object_are_refused(String properties) {
        InvalidRecordException failure = catchThrowableOfType(
                InvalidRecordException.class,
                () -> create(
                        "songs",
                        List.of(new EventRecord("e", "2024-01-15T10:30:00Z", "u", "k", properties))
                                .iterator()));

        assertThat(failure.field()).isEqualTo("properties");
        assertThat(failure.index()).isZero();
    }

    @Test
    void missing_fields_empty_keys_and_half_characters_are_refused() {
        String time = "2024-01-15T10:30:00Z";
        Map<EventRecord, String> wrong = Map.of(
                new EventRecord(null, time, "u", "k", "{}"), "event_name",
                new EventRecord("", time, "u", "k", "{}"), "event_name",
                new EventRecord("e", null, "u", "k", "{}"), "event_time",
                new EventRecord("e", time, null, "k", "{}"), "distinct_id",
                new EventRecord("e", time, "u", null, "{}"), "insert_id",
                new EventRecord("e", time, "u", "", "{}"), "insert_id",
                new EventRecord("e", time, "u", "k\uD83D", "{}"), "insert_id",
                new EventRecord("e", time, "u", "k", null), "properties");
        wrong.forEach((record, field) -> assertThat(catchThrowableOfType(
                                InvalidRecordException.class,
                                () -> create("songs", List.of(record).iterator()))
                        .field())
                .as("%s", record)
                .isEqualTo(field));
        assertNothingWasStored("songs");
    }

    @Test
    void awkward_texts_come_back_as_they_were_given() {
        String text = "it's \"quoted\" \\ \n \t \u0000 ü € 😀 ${HOME} '; DROP TABLE events; --";
        String json = "{\"text\":\"\\u0000 \\\"quoted\\\" 😀\",\"big\":9007199254740993,\"pi\":3.14159265358979323846}";

        create(
                "songs",
                List.of(new EventRecord(text, "2024-01-15T10:30:00Z", "", text, json))
                        .iterator());

        assertThat(engine.executeRows("SELECT event_name, distinct_id, insert_id, properties::VARCHAR FROM songs"))
                .containsExactly(List.of(text, "", text, json));
    }

    @Test
    void a_record_with_ten_megabytes_of_properties_is_stored() {
        String properties = "{\"notes\":\"" + "x".repeat(10_000_000) + "\"}";

        create(
                "songs",
                List.of(new EventRecord("e", "2024-01-15T10:30:00Z", "u", "k", properties))
                        .iterator());

        assertThat(engine.executeScalar("SELECT length(properties->>'$.notes') FROM songs"))
                .isEqualTo(10_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 99, 100_001})
    void batches_outside_of_100_to_100_000_are_refused(int size) {
        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> new BatchSize(size));

        assertThat(failure.details()).containsEntry("batch_size", size);
    }

    @Test
    void metadata_that_do_not_go_together_are_refused() {
        TableMetadata profiles = TableMetadata.of(TableType.PROFILES, NOW);
        LocalDate day = LocalDate.of(2024, 1, 2);

        assertThatThrownBy(() -> engine.createEventsTable("songs", events(1), profiles, LoadProgress.NONE, SMALL))
                .hasFieldOrPropertyWithValue("code", "INVALID_METADATA");
        assertThatThrownBy(() -> new TableMetadata(TableType.EVENTS, NOW, day, day.minusDays(1), null, null))
                .hasFieldOrPropertyWithValue("code", "INVALID_METADATA");
        assertThatThrownBy(() -> new TableMetadata(TableType.PROFILES, NOW, day, null, null, null))
                .hasFieldOrPropertyWithValue("code", "INVALID_METADATA");
        create("songs", events(1));
        assertThatThrownBy(() -> engine.appendProfiles(
                        "songs",
                        records(1, number -> new ProfileRecord("a", "{}", null)),
                        profiles,
                        LoadProgress.NONE,
                        SMALL))
                .hasFieldOrPropertyWithValue("code", "INVALID_METADATA")
                .hasMessageContaining("holds events");
    }

    @Test
    void what_is_not_there_is_said_with_a_suggestion() {
        create("songs", events(1));

        DatabaseException failure = catchThrowableOfType(DatabaseException.class, () -> engine.getMetadata("song"));

        assertThat(failure.code()).isEqualTo("TABLE_NOT_FOUND");
        assertThat(failure.remedy()).contains("songs");
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.TABLE_NOT_FOUND);
        assertThatThrownBy(() -> engine.getSchema("nowhere")).hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
        assertThatThrownBy(() -> engine.dropTable("nowhere")).hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
        assertThatThrownBy(() -> engine.appendEvents("nowhere", events(1), events(), LoadProgress.NONE, SMALL))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
    }

    @Test
    void a_dropped_table_is_gone_with_its_metadata_and_its_name_is_free() {
        create("songs", events(3));

        engine.dropTable("SONGS");

        assertNothingWasStored("songs");
        assertThat(create("songs", events(2))).isEqualTo(2);
    }

    @Test
    void a_table_that_somebody_dropped_by_hand_can_be_dropped_and_made_anew() {
        create("songs", events(3));
        create("others", events(3));
        engine.execute("DROP TABLE songs");
        engine.execute("DROP TABLE others");

        assertThatThrownBy(() -> engine.appendEvents("songs", events(1), events(), LoadProgress.NONE, SMALL))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
        assertThat(create("songs", events(4))).isEqualTo(4);
        engine.dropTable("others");

        assertThat(summaries()).containsExactly(List.of("songs", TableType.EVENTS, 4L, NOW));
    }

    @Test
    void statements_take_values_and_fail_as_queries() {
        create("songs", events(10));

        assertThat(engine.executeScalar("SELECT ? || 'x'", "it's")).isEqualTo("it'sx");
        assertThat(engine.executeScalar("SELECT NULL")).isNull();
        assertThat(engine.executeScalar("SELECT 1 WHERE false")).isNull();
        assertThat(engine.executeRows("SELECT 1 AS a, 2 AS a, NULL")).hasSize(1);
        assertThat(engine.execute("UPDATE songs SET event_name = ?", "other")).isEqualTo(10);
        assertThat(engine.execute("CREATE TABLE mine (i INTEGER)")).isZero();
        DatabaseException failure =
                catchThrowableOfType(DatabaseException.class, () -> engine.executeRows("SELECT nothing FROM songs"));
        assertThat(failure.code()).isEqualTo("QUERY_FAILED");
        assertThat(failure.details()).containsEntry("sql", "SELECT nothing FROM songs");
        assertThat(engine.executeScalar("SELECT 1")).isEqualTo(1);
    }

    @Test
    void a_closed_engine_says_so_and_closing_twice_is_fine() {
        engine.close();

        assertThatCode(engine::close).doesNotThrowAnyException();
        assertThatThrownBy(() -> engine.listTables()).hasFieldOrPropertyWithValue("code", "ENGINE_CLOSED");
        assertThatThrownBy(() -> engine.executeScalar("SELECT 1")).hasFieldOrPropertyWithValue("code", "ENGINE_CLOSED");
        assertThatThrownBy(() -> create("songs", events(1))).hasFieldOrPropertyWithValue("code", "ENGINE_CLOSED");
    }

    @Test
    void an_engine_for_reading_stores_nothing_and_several_may_read() {
        create("songs", events(3));
        engine.close();

        try (StorageEngine reader = opener.openForReading(folder.resolve("tandem.db"));
                StorageEngine another = opener.openForReading(folder.resolve("tandem.db"))) {
            assertThat(reader.listTables()).isEqualTo(another.listTables()).hasSize(1);
            assertThatThrownBy(() -> reader.createEventsTable("more", events(1), events(), LoadProgress.NONE, SMALL))
                    .hasFieldOrPropertyWithValue("code", "READ_ONLY");
            assertThatThrownBy(() -> reader.dropTable("songs")).hasFieldOrPropertyWithValue("code", "READ_ONLY");
            assertThatThrownBy(() -> reader.execute("DELETE FROM songs"))
                    .hasFieldOrPropertyWithValue("code", "QUERY_FAILED");
        }
        assertThatThrownBy(() -> opener.openForReading(folder.resolve("nowhere.db")))
                .isInstanceOf(DatabaseNotFoundException.class);
        assertThatThrownBy(() -> opener.openExisting(folder.resolve("nowhere.db")))
                .isInstanceOf(DatabaseNotFoundException.class);
    }

    @Test
    void a_database_in_memory_is_one_of_its_own() {
        try (StorageEngine memory = opener.inMemory();
                StorageEngine other = opener.inMemory()) {
            memory.createEventsTable("songs", events(300), events(), LoadProgress.NONE, SMALL);

            assertThat(memory.path()).isEmpty();
            assertThat(memory.executeScalar("SELECT count(*) FROM songs")).isEqualTo(300L);
            assertThat(other.listTables()).isEmpty();
            assertThatThrownBy(() -> other.createEventsTable("events", events(1), events(), LoadProgress.NONE, SMALL))
                    .hasFieldOrPropertyWithValue("code", "INVALID_TABLE_NAME");
        }
    }

    @Test
    void an_ephemeral_database_is_gone_with_its_folder_when_it_is_closed() {
        Path file;
        try (StorageEngine ephemeral = opener.ephemeral()) {
            file = ephemeral.path().orElseThrow();
            ephemeral.createEventsTable("songs", events(300), events(), LoadProgress.NONE, SMALL);
            assertThat(file).isRegularFile();
            assertThat(ephemeral.listTables()).hasSize(1);
        }
        assertThat(file).doesNotExist();
        assertThat(file.getParent()).doesNotExist();
    }

    @Test
    void a_file_in_folders_that_are_not_there_yet_is_made_and_can_be_opened_again() {
        Path deep = folder.resolve("a").resolve("b c").resolve("mine.db");
        try (StorageEngine made = opener.open(deep)) {
            assertThat(made.path()).contains(deep);
            assertThat(made.isReadOnly()).isFalse();
            made.createEventsTable("songs", events(3), events(), LoadProgress.NONE, SMALL);
        }
        try (StorageEngine again = opener.open(deep)) {
            assertThat(again.appendEvents("songs", events(5), events(), LoadProgress.NONE, SMALL))
                    .isEqualTo(2);
        }
        try (StorageEngine existing = opener.openExisting(deep)) {
            assertThat(existing.listTables()).extracting(TableInfo::rowCount).containsExactly(5L);
        }
        assertThatThrownBy(() -> opener.open(deep.resolve("below a file.db"))).isInstanceOf(DatabaseException.class);
        assertThatThrownBy(() -> opener.open(folder)).isInstanceOf(DatabaseException.class);
    }

    @Test
    void a_failure_inside_of_the_block_that_holds_the_engine_gives_the_file_free() {
        engine.close();
        Path file = folder.resolve("tandem.db");

        assertThatThrownBy(() -> {
                    try (StorageEngine held = opener.open(file)) {
                        held.execute("CREATE TABLE mine (i INTEGER)");
                        throw new IllegalStateException("in the block");
                    }
                })
                .hasMessage("in the block");

        try (StorageEngine reader = opener.openForReading(file)) {
            assertThat(reader.isReadOnly()).isTrue();
            assertThat(reader.tableExists("mine")).isTrue();
        }
    }

    @Test
    void tables_are_listed_by_name_and_each_is_looked_at_alone() {
        Instant later = NOW.plusSeconds(60);
        create("songs_feb", events(1));
        create("songs_jan", events(2));
        engine.createProfilesTable(
                "people",
                records(3, number -> new ProfileRecord("p" + number, "{}", null)),
                TableMetadata.of(TableType.PROFILES, later),
                LoadProgress.NONE,
                SMALL);

        assertThat(summaries())
                .containsExactly(
                        List.of("people", TableType.PROFILES, 3L, later),
                        List.of("songs_feb", TableType.EVENTS, 1L, NOW),
                        List.of("songs_jan", TableType.EVENTS, 2L, NOW));
        assertThat(engine.getSchema("SONGS_jan").tableName()).isEqualTo("songs_jan");
        assertThat(engine.getSchema("songs_jan").columns())
                .isEqualTo(engine.getSchema("songs_feb").columns());
        assertThat(engine.getMetadata("people").fromDate()).isNull();
        assertThat(engine.getMetadata("people").toDate()).isNull();
        assertThat(engine.tableInfo("People")).isEqualTo(engine.listTables().get(0));

        engine.dropTable("songs_feb");

        assertThat(engine.listTables()).extracting(TableInfo::name).containsExactly("people", "songs_jan");
        assertThatThrownBy(() -> engine.getSchema("songs_feb")).hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
        assertThatThrownBy(() -> engine.getMetadata("songs_feb"))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
        assertThatThrownBy(() -> engine.dropTable("songs_feb")).hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
    }

    @Test
    void a_name_that_is_free_again_may_hold_records_of_another_type() {
        create("data", events(2));
        engine.dropTable("data");

        engine.createProfilesTable(
                "data",
                records(1, number -> new ProfileRecord("p", "{}", "2024-01-15T10:30:00Z")),
                TableMetadata.of(TableType.PROFILES, NOW),
                LoadProgress.NONE,
                SMALL);

        assertThat(engine.getSchema("data").columns())
                .extracting(ColumnInfo::name)
                .containsExactly("distinct_id", "properties", "last_seen");
        assertThat(engine.executeRows("SELECT type, from_date, row_count FROM _metadata"))
                .containsExactly(Arrays.asList("profiles", null, 1));
    }

    @Test
    void profiles_are_appended_and_the_first_of_each_key_stays() {
        TableMetadata profiles = TableMetadata.of(TableType.PROFILES, NOW);
        List<Long> told = new ArrayList<>();
        engine.createProfilesTable("people", profiles(0, 150, "first"), profiles, told::add, SMALL);

        assertThat(engine.appendProfiles("people", profiles(100, 400, "second"), profiles, told::add, SMALL))
                .isEqualTo(250);

        assertThat(told).containsExactly(100L, 150L, 50L, 150L, 250L);
        assertThat(engine.executeRows(
                        "SELECT properties->>'$.version', count(*) FROM people GROUP BY ALL ORDER BY ALL"))
                .containsExactly(List.of("first", 150L), List.of("second", 250L));
        assertThat(engine.listTables()).extracting(TableInfo::rowCount).containsExactly(400L);
        assertThatThrownBy(() -> engine.appendProfiles("nobody", profiles(0, 1, "x"), profiles, told::add, SMALL))
                .hasFieldOrPropertyWithValue("code", "TABLE_NOT_FOUND");
    }

    private static Iterator<ProfileRecord> profiles(int from, int to, String version) {
        return IntStream.range(from, to)
                .mapToObj(number ->
                        new ProfileRecord("p" + number, "{\"version\":\"" + version + "\"}", "2024-01-15T10:30:00Z"))
                .iterator();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 500})
    void progress_is_told_once_for_each_batch(int size) {
        List<Long> told = new ArrayList<>();
        BatchSize batchSize = new BatchSize(size);

        engine.createEventsTable("songs", events(1_000), events(), told::add, batchSize);
        assertThat(told).hasSize(1_000 / size).isSorted().endsWith(1_000L);
        told.clear();
        engine.appendEvents("songs", events(2_000), events(), told::add, batchSize);

        assertThat(told).hasSize(2_000 / size).endsWith(1_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO songs (event_name) VALUES ('x')",
                "UPDATE songs SET event_name = 'x'",
                "DELETE FROM songs",
                "CREATE TABLE more (i INTEGER)",
                "DROP TABLE songs"
            })
    void an_engine_for_reading_refuses_each_statement_that_changes_something(String sql) {
        create("songs", events(3));
        engine.close();

        engine = opener.openForReading(folder.resolve("tandem.db"));

        assertThatThrownBy(() -> engine.execute(sql)).hasFieldOrPropertyWithValue("code", "QUERY_FAILED");
        assertThat(engine.executeScalar("SELECT count(*) FROM songs")).isEqualTo(3L);
    }

    @Test
    void values_come_in_the_types_of_their_columns() {
        assertThat(engine.executeScalar("SELECT 99.99::DECIMAL(6, 2)")).isEqualTo(new BigDecimal("99.99"));
        assertThat(engine.executeScalar("SELECT max(i) FROM (VALUES (1), (2)) t(i)"))
                .isEqualTo(2);
        assertThat(engine.executeScalar("SELECT 'Ünï'")).isEqualTo("Ünï");
        assertThat(engine.executeRows("SELECT i FROM (VALUES (1), (2)) t(i) ORDER BY i"))
                .containsExactly(List.of(1), List.of(2));
        assertThat(engine.executeRows("SELECT 1 WHERE false")).isEmpty();
        for (String wrong : List.of("INVALID SQL", "SELECT * FROM missing_table")) {
            assertThat(catchThrowableOfType(DatabaseException.class, () -> engine.execute(wrong))
                            .details())
                    .containsEntry("sql", wrong);
            assertThatThrownBy(() -> engine.executeScalar(wrong)).hasFieldOrPropertyWithValue("code", "QUERY_FAILED");
            assertThatThrownBy(() -> engine.executeRows(wrong)).hasFieldOrPropertyWithValue("code", "QUERY_FAILED");
        }
    }

    @Test
    void each_ephemeral_database_is_its_own_and_is_gone_after_a_failure_too() {
        List<Path> files = new ArrayList<>();

        assertThatThrownBy(() -> {
                    try (StorageEngine one = opener.ephemeral();
                            StorageEngine other = opener.ephemeral()) {
                        files.add(one.path().orElseThrow());
                        files.add(other.path().orElseThrow());
                        one.execute("CREATE TABLE mine (i INTEGER)");
                        assertThat(other.tableExists("mine")).isFalse();
                        throw new IllegalStateException("in the block");
                    }
                })
                .hasMessage("in the block");

        assertThat(files).doesNotHaveDuplicates().hasSize(2).allSatisfy(file -> {
            assertThat(file).doesNotExist();
            assertThat(file.resolveSibling(file.getFileName() + ".wal")).doesNotExist();
        });
        StorageEngine closed = opener.inMemory();
        closed.close();
        closed.close();
        assertThatThrownBy(closed::listTables).hasFieldOrPropertyWithValue("code", "ENGINE_CLOSED");
    }

    private List<List<Object>> summaries() {
        return engine.listTables().stream()
                .map(table -> List.<Object>of(table.name(), table.type(), table.rowCount(), table.fetchedAt()))
                .toList();
    }
}
