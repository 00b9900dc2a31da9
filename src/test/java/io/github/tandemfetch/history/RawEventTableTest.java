package io.github.tandemfetch.history;

import io.github.tandemfetch.history.RawEventTable.Merge;
import io.github.tandemfetch.history.RawEventTable.Origin;
import io.github.tandemfetch.history.RawEventTable.RawEvent;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class RawEventTableTest {
    private static final Instant FETCHED = Instant.parse("2026-05-14T10:00:00Z");

    @TempDir
    Path folder;

    private Database database;
    private RawEventTable table;

    @BeforeEach
    void openDatabase() {
        database = new DatabaseOpener().openForWriting(folder.resolve("tandem.db"));
        table = new RawEventTable(database);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    private record Sent(long group, long number, String json) {}

    private Merge store(String serial, List<Sent> events) {
        try (RawEventStaging staging = table.stage()) {
            events.forEach(event -> add(staging, event));
            staging.finish();
            return database.transaction(
                    c -> table.merge(staging, new Origin(serial, "assignment", null, null, FETCHED)));
        }
    }

    private List<RawEvent> stored() {
        List<RawEvent> events = new ArrayList<>();
        database.forEach(
                "SELECT " + RawEventTable.RAW_EVENT_COLUMNS + " FROM raw_events ORDER BY id",
                row -> events.add(RawEventTable.read(row)));
        return events;
    }

    private static String text(RawEvent event) {
        return new String(event.json(), StandardCharsets.UTF_8);
    }

    private static void add(RawEventStaging staging, Sent event) {
        LocalDateTime wallClock = LocalDateTime.of(2026, 5, 14, 0, 0).plusSeconds(event.number());
        staging.add(
                false,
                false,
                event.group(),
                event.number(),
                279,
                wallClock,
                wallClock.toInstant(ZoneOffset.UTC),
                event.json());
    }

    private static Sent sent(long group, long number) {
        return new Sent(group, number, "{\"g\":" + group + ", \"n\" : " + number + "}");
    }

    @Test
    void events_are_stored_as_received_with_their_times() {
        String odd = "{ \"a\" : 1.50,\n\"a\":\"\\u00e9\", \"b\":\"é😀\\\\\" }";

        store("P1", List.of(new Sent(2, 4_294_967_295L, odd)));

        RawEvent event = stored().get(0);
        assertThat(event)
                .usingRecursiveComparison()
                .isEqualTo(new RawEvent(
                        1,
                        "P1",
                        2,
                        4_294_967_295L,
                        279,
                        LocalDateTime.of(2026, 5, 14, 0, 0).plusSeconds(4_294_967_295L),
                        odd.getBytes(StandardCharsets.UTF_8)));
        String stored = database.first(
                        "SELECT event_timestamp::VARCHAR || ' ' || fetched_at::VARCHAR FROM raw_events",
                        row -> row.getString(1))
                .orElseThrow();
        assertThat(stored).isEqualTo("2162-06-20 06:28:15+00 2026-05-14 10:00:00+00");
    }

    @Test
    void storing_the_same_answer_again_changes_nothing() {
        List<Sent> answer = List.of(sent(1, 1), sent(1, 2), sent(2, 1));
        store("P1", answer);

        Merge again = store("P1", answer);

        assertThat(again).isEqualTo(new Merge(3, 0, 0, 0, 0));
        assertThat(table.count()).isEqualTo(3);
    }

    @Test
    void the_same_numbers_of_two_pumps_and_two_groups_are_different_events() {
        store("P1", List.of(sent(1, 7), sent(2, 7)));
        store("P2", List.of(sent(1, 7)));

        assertThat(table.count()).isEqualTo(3);
    }

    @Test
    void the_first_text_under_an_identity_stays_and_another_one_is_counted() {
        store("P1", List.of(new Sent(1, 1, "{\"a\":1}")));

        Merge merge = store("P1", List.of(new Sent(1, 1, "{\"a\":2}"), new Sent(1, 2, "{}"), new Sent(1, 2, "{ }")));

        assertThat(merge).isEqualTo(new Merge(3, 1, 1, 0, 0));
        assertThat(stored()).extracting(RawEventTableTest::text).containsExactly("{\"a\":1}", "{}");
    }

    @Test
    void a_restarted_answer_counts_only_what_came_after_the_restart() {
        try (RawEventStaging staging = table.stage()) {
            LongStream.range(0, 5000).forEach(n -> add(staging, sent(1, n)));
            staging.restart();
            add(staging, sent(1, 3));

            assertThat(staging.size()).isEqualTo(1);
            staging.finish();
            Merge merge = database.transaction(
                    c -> table.merge(staging, new Origin("P1", "assignment", null, null, FETCHED)));
            assertThat(merge).isEqualTo(new Merge(1, 1, 0, 0, 0));
        }
        assertThat(stored()).extracting(RawEvent::sequenceNumber).containsExactly(3L);
    }

    @Test
    void a_transaction_that_fails_leaves_no_event() {
        try (RawEventStaging staging = table.stage()) {
            add(staging, sent(1, 1));
            staging.finish();
            try {
                database.transaction(c -> {
                    table.merge(staging, new Origin("P1", "assignment", null, null, FETCHED));
                    throw new IllegalStateException("stop");
                });
            } catch (IllegalStateException expected) {
                assertThat(expected).hasMessage("stop");
            }
        }
        assertThat(table.count()).isZero();
    }

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void however_often_and_in_whatever_order_events_arrive_each_is_stored_once(long seed) {
        Random random = new Random(seed);
        Map<String, Sent> expected = new LinkedHashMap<>();
        int answers = 1 + random.nextInt(8);
        for (int i = 0; i < answers; i++) {
            List<Sent> answer = new ArrayList<>();
            int from = random.nextInt(4000);
            for (int n = from; n < from + random.nextInt(5000); n++) {
                Sent event = sent(1 + random.nextInt(2), n);
                int times = random.nextInt(10) == 0 ? 3 : 1;
                answer.addAll(Collections.nCopies(times, event));
            }
            Collections.shuffle(answer, random);
            long known = expected.size();
            answer.forEach(event -> expected.putIfAbsent(event.group() + "/" + event.number(), event));

            Merge merge = store("P1", answer);

            assertThat(merge).isEqualTo(new Merge(answer.size(), expected.size() - known, 0, 0, 0));
        }
        List<RawEvent> stored = stored();
        assertThat(stored)
                .extracting(event -> new Sent(event.sequenceGroup(), event.sequenceNumber(), text(event)))
                .containsExactlyInAnyOrderElementsOf(expected.values());
        assertThat(stored)
                .extracting(RawEvent::id)
                .isEqualTo(LongStream.rangeClosed(1, expected.size()).boxed().toList());
    }

    @Test
    void an_event_that_differs_in_its_assignment_alone_is_no_conflict() {
        store("1", List.of(new Sent(0, 1, "{\"deviceAssignmentId\":\"a\",\"x\":1}")));

        assertThat(store("1", List.of(new Sent(0, 1, "{\"deviceAssignmentId\": \"b\",\"x\":1}")))
                        .conflicting())
                .isZero();
        assertThat(store("1", List.of(new Sent(0, 1, "{\"deviceAssignmentId\":\"b\",\"x\":2}")))
                        .conflicting())
                .isEqualTo(1);
    }
}
