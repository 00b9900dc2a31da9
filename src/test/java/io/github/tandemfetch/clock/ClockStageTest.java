package io.github.tandemfetch.clock;

import io.github.tandemfetch.domain.DerivedTables;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.domain.RetimedDomainRows;
import io.github.tandemfetch.history.RawEventStaging;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.RawEventTable.Origin;
import io.github.tandemfetch.pipeline.ExtractStage;
import io.github.tandemfetch.pipeline.ParseStage;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The stored times follow the timeline, also when a part of it is learnt later. */
class ClockStageTest {
    private static final ZoneId HOME = ZoneId.of("America/New_York");
    private static final long PUMP_EPOCH = 1_199_145_600L;
    private static final String PUMP = "1234567";

    @TempDir
    Path folder;

    /** A pump that has been through much, and whose truth is known. */
    private static DegradedPump pump(long seed) {
        return new DegradedPump(HOME, Instant.parse("2025-09-20T08:00:00Z"), seed)
                .run(Duration.ofDays(12))
                .set(ZoneId.of("Asia/Tokyo"))
                .run(Duration.ofDays(4))
                .set(HOME)
                .run(Duration.ofDays(10))
                .batteryDead(Duration.ofHours(3))
                .run(Duration.ofHours(2))
                .set(HOME)
                .until(Instant.parse("2025-11-04T20:00:00Z"))
                .set(HOME)
                .run(Duration.ofDays(9))
                .restart()
                .run(Duration.ofDays(5));
    }

    private static void store(Database database, DegradedPump pump, Predicate<DegradedPump.Logged> which) {
        Map<SequencePosition, ClockChange> changes = new HashMap<>();
        pump.changes().forEach(change -> changes.put(change.position(), change));
        RawEventTable table = new RawEventTable(database);
        try (RawEventStaging staging = table.stage()) {
            for (DegradedPump.Logged event : pump.log) {
                if (which.test(event)) {
                    ClockChange change = changes.get(event.position());
                    staging.add(
                            false,
                            change != null,
                            event.position().group(),
                            event.position().number(),
                            code(event, change),
                            event.stamp(),
                            null,
                            json(event, change));
                }
            }
            staging.finish();
            database.transaction(c -> table.merge(staging, new Origin(PUMP, "assignment", null, null, Instant.EPOCH)));
        }
    }

    private static int code(DegradedPump.Logged event, ClockChange change) {
        return change != null ? change.kind().eventCode() : event.position().number() % 2 == 0 ? 279 : 399;
    }

    private static String json(DegradedPump.Logged event, ClockChange change) {
        if (change == null) {
            long taken = event.stamp().toEpochSecond(ZoneOffset.UTC) - PUMP_EPOCH - 7;
            return "{\"eventProperties\":{\"egvTimeStamp\":" + Math.max(1, taken)
                    + ",\"currentGlucoseDisplayValue\":120,\"commandedRate\":850}}";
        }
        String name = change.kind() == ClockChange.Kind.DATE ? "date" : "time";
        return "{\"eventProperties\":{\"" + name + "Prior\":" + change.prior() + ",\"" + name + "After\":"
                + change.after() + "}}";
    }

    private static void derive(Database database, ZoneId zone) {
        ClockStage clocks = new ClockStage(database, zone, new RetimedDomainRows(database));
        new ParseStage(
                        database,
                        EventCatalog.load(),
                        clocks,
                        new DerivedTables(database),
                        Clock.systemUTC(),
                        PipelineListener.SILENT)
                .parse();
        new ExtractStage(database, clocks.stored(), PipelineListener.SILENT).extract(DomainTables.ALL, false);
    }

    /** All times of all tables, by the identity of their events. */
    private static List<String> times(Database database) {
        List<String> times = new ArrayList<>();
        String identity = "pump_serial || ' ' || sequence_group || ' ' || sequence_number || ' '";
        database.forEach(
                "SELECT " + identity + " || coalesce(event_timestamp::VARCHAR, '-') FROM raw_events",
                row -> times.add("raw_events " + row.getString(1)));
        database.forEach(
                "SELECT " + identity + " || coalesce(timestamp::VARCHAR, '-') || time_basis FROM events",
                row -> times.add("events " + row.getString(1)));
        for (String table : List.of("cgm_readings", "basal_deliveries")) {
            database.forEach(
                    "SELECT e.sequence_group || ' ' || e.sequence_number || ' ' || t.timestamp || t.time_basis FROM "
                            + table + " t JOIN events e ON e.id = t.events_id",
                    row -> times.add(table + " " + row.getString(1)));
        }
        times.sort(null);
        return times;
    }

    private static long wrong(Database database, DegradedPump pump) {
        Map<SequencePosition, Instant> found = new HashMap<>();
        database.forEach(
                "SELECT sequence_group, sequence_number, epoch_ms(timestamp) FROM events WHERE timestamp IS NOT NULL",
                row -> found.put(
                        new SequencePosition(row.getLong(1), row.getLong(2)), Instant.ofEpochMilli(row.getLong(3))));
        return pump.log.stream()
                .filter(event -> !found.containsKey(event.position())
                        || Duration.between(found.get(event.position()), event.truth())
                                        .abs()
                                        .toMillis()
                                > 1000)
                .count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void every_time_is_the_true_one(long seed) {
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("t.db"))) {
            DegradedPump pump = pump(seed);
            store(database, pump, event -> true);
            derive(database, HOME);

            assertThat(wrong(database, pump)).as("seed %d", seed).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_store_finds_the_evidence_that_the_log_has(long seed) {
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("t.db"))) {
            DegradedPump pump = pump(seed);
            store(database, pump, event -> true);

            ClockEvidence found = ClockStage.evidence(new ClockLog(database), PUMP);

            assertThat(found).as("seed %d", seed).isEqualTo(pump.evidence());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_clock_change_that_is_learnt_later_moves_what_it_touches_as_if_it_had_been_known(long seed) {
        DegradedPump pump = pump(seed);
        try (Database late = new DatabaseOpener().openForWriting(folder.resolve("late.db"));
                Database fresh = new DatabaseOpener().openForWriting(folder.resolve("fresh.db"))) {
            store(late, pump, event -> !event.change());
            derive(late, HOME);
            long before = wrong(late, pump);
            for (ClockChange change : pump.changes()) {
                store(late, pump, event -> event.position().equals(change.position()));
                derive(late, HOME);
            }
            store(fresh, pump, event -> true);
            derive(fresh, HOME);

            assertThat(before).isPositive();
            assertThat(wrong(late, pump)).isZero();
            assertThat(times(late)).as("seed %d", seed).isEqualTo(times(fresh));
        }
    }

    @Test
    void a_change_at_the_end_leaves_every_earlier_row_unwritten() {
        DegradedPump pump = pump(4);
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("t.db"))) {
            store(database, pump, event -> true);
            derive(database, HOME);
            List<String> before = times(database);
            // Marks that a rewriting of the rows would take away.
            database.execute("UPDATE events SET time_basis = 'mark' WHERE sequence_group = 1");

            pump.set(ZoneId.of("Europe/London")).run(Duration.ofHours(5));
            store(database, pump, event -> true);
            derive(database, HOME);

            assertThat(database.first("SELECT count(*) FROM events WHERE time_basis = 'mark'", row -> row.getLong(1)))
                    .contains(pump.log.stream()
                            .filter(event -> event.position().group() == 1)
                            .count());
            database.execute("UPDATE events SET time_basis = 'timeline' WHERE time_basis = 'mark'");
            Set<String> after = new HashSet<>(times(database));
            assertThat(before.stream().filter(time -> !after.contains(time))).isEmpty();
            assertThat(wrong(database, pump)).isZero();
        }
    }

    @Test
    void a_drifting_clock_gives_raw_events_and_events_the_same_times() {
        DegradedPump pump = new DegradedPump(HOME, Instant.parse("2026-04-01T08:00:00Z"), 1)
                .every(Duration.ofHours(2))
                .gaining(Duration.ofMillis(-2_000));
        for (int i = 0; i < 5; i++) {
            pump.run(Duration.ofDays(30)).set(HOME);
        }
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("t.db"))) {
            store(database, pump, event -> true);
            derive(database, HOME);

            assertThat(number(database, "SELECT count(*) FROM clock_timeline WHERE drift_rate < 0"))
                    .isPositive();
            assertThat(number(database, """
                            SELECT count(*) FROM raw_events raw JOIN events ON events.raw_events_id = raw.id
                            WHERE abs(epoch_ms(event_timestamp) - epoch_ms(timestamp)) <= 1
                            """)).isEqualTo(pump.log.size());
        }
    }

    @Test
    void a_log_of_which_nothing_is_known_has_no_utc_times_until_the_clock_is_set() {
        DegradedPump pump = new DegradedPump(HOME, Instant.parse("2026-04-01T08:00:00Z"), 1)
                .batteryDead(Duration.ZERO)
                .run(Duration.ofHours(5));
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("t.db"))) {
            store(database, pump, event -> true);
            derive(database, HOME);
            assertThat(number(
                            database, "SELECT count(*) FROM events WHERE time_basis = 'unknown' AND timestamp IS NULL"))
                    .isEqualTo(pump.log.size());

            pump.set(HOME).run(Duration.ofDays(1));
            store(database, pump, event -> true);
            derive(database, HOME);

            assertThat(wrong(database, pump)).isZero();
            assertThat(number(database, "SELECT count(*) FROM raw_events WHERE event_timestamp IS NULL"))
                    .isZero();
        }
    }

    private static long number(Database database, String sql) {
        return database.first(sql, row -> row.getLong(1)).orElseThrow();
    }

    @Test
    void another_zone_moves_times_as_a_fresh_database_has_them() {
        DegradedPump pump = pump(5);
        ZoneId other = ZoneId.of("Europe/Berlin");
        try (Database moved = new DatabaseOpener().openForWriting(folder.resolve("moved.db"));
                Database fresh = new DatabaseOpener().openForWriting(folder.resolve("fresh.db"))) {
            store(moved, pump, event -> true);
            derive(moved, HOME);
            derive(moved, other);
            store(fresh, pump, event -> true);
            derive(fresh, other);

            assertThat(times(moved)).isEqualTo(times(fresh));
        }
    }

    @Test
    void the_same_reading_logged_twice_is_one_but_the_hour_that_came_twice_is_two() {
        try (Database database = new DatabaseOpener().openForWriting(folder.resolve("t.db"))) {
            RawEventTable table = new RawEventTable(database);
            LocalDateTime start = LocalDateTime.parse("2025-11-02T01:00:00");
            try (RawEventStaging staging = table.stage()) {
                for (int i = 0; i < 48; i++) {
                    LocalDateTime shown = start.plusMinutes(5L * (i < 12 ? i : i - 12));
                    reading(staging, 2L * i, shown, shown);
                    reading(staging, 2L * i + 1, shown.plusSeconds(9), shown);
                }
                staging.finish();
                database.transaction(
                        c -> table.merge(staging, new Origin(PUMP, "assignment", null, null, Instant.EPOCH)));
            }
            derive(database, HOME);
            derive(database, HOME);

            assertThat(database.first("SELECT count(*) FROM cgm_readings", row -> row.getLong(1)))
                    .contains(48L);
            assertThat(database.first("SELECT count(DISTINCT timestamp) FROM cgm_readings", row -> row.getLong(1)))
                    .contains(48L);
            assertThat(database.first(
                            "SELECT count(*) FROM cgm_readings JOIN events ON events.id = events_id"
                                    + " WHERE sequence_number % 2 = 1",
                            row -> row.getLong(1)))
                    .as("the first in the log stays")
                    .contains(0L);
        }
    }

    private static void reading(RawEventStaging staging, long number, LocalDateTime logged, LocalDateTime taken) {
        long seconds = taken.toEpochSecond(ZoneOffset.UTC) - PUMP_EPOCH;
        staging.add(
                false,
                false,
                1,
                number,
                399,
                logged,
                null,
                "{\"eventProperties\":{\"egvTimeStamp\":" + seconds + ",\"currentGlucoseDisplayValue\":120}}");
    }
}
