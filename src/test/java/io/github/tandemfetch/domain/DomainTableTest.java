package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockStage;
import io.github.tandemfetch.history.RawEventStaging;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.RawEventTable.Origin;
import io.github.tandemfetch.pipeline.ExtractStage;
import io.github.tandemfetch.pipeline.ParseStage;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tables of kinds that the product does not have yet: each is one class. */
class DomainTableTest {
    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final LocalDateTime BEGIN = LocalDateTime.parse("2026-06-01T08:00:00");
    private static final int SUSPENDED = 11;
    private static final int RESUMED = 12;
    private static final int STARTED = 55;
    private static final int COMPLETED = 20;
    private static final int TIME_CHANGED = 13;

    @TempDir
    Path folder;

    /** An interval with an open end. */
    private static final class Suspensions extends AssembledTable {
        @Override
        public String name() {
            return "suspensions_of_test";
        }

        @Override
        public String comment() {
            return "Times without insulin";
        }

        @Override
        public String rowName() {
            return "suspension";
        }

        @Override
        public String valueName() {
            return "reason";
        }

        @Override
        public Set<Integer> eventCodes() {
            return Set.of(SUSPENDED, RESUMED);
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    Column.of("ended_at", "TIMESTAMP WITH TIME ZONE", "UTC", "When it ended"),
                    Column.of("duration_seconds", "BIGINT", "s", "How long it took"));
        }

        @Override
        protected String select() {
            return """
                    SELECT id AS events_id, id AS timed_by, ended_at,
                           epoch(ended_at - timestamp)::BIGINT AS duration_seconds
                    FROM (
                        SELECT *, lead(timestamp) OVER (
                            PARTITION BY pump_serial, sequence_group ORDER BY sequence_number) AS ended_at
                        FROM log
                    ) WHERE event_id = 11
                    """;
        }
    }

    /** A row of several events that stand near each other; their numbers start over. */
    private static final class Boluses extends AssembledTable {
        @Override
        public String name() {
            return "boluses_of_test";
        }

        @Override
        public String comment() {
            return "Boluses";
        }

        @Override
        public String rowName() {
            return "bolus";
        }

        @Override
        public String valueName() {
            return "amount";
        }

        @Override
        public Set<Integer> eventCodes() {
            return Set.of(STARTED, COMPLETED);
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    Column.of("bolus_id", "INTEGER", "", "The pump's number of it"),
                    Column.of("delivered_units", "DOUBLE", "U", "What was delivered"),
                    Column.required("event_ids", "BIGINT[]", "", "Its events"));
        }

        @Override
        protected OptionalLong reach() {
            return OptionalLong.of(20);
        }

        @Override
        protected String select() {
            return """
                    SELECT started.id AS events_id, started.id AS timed_by, started.bolus_id,
                           completed.units AS delivered_units,
                           list_filter([started.id, completed.id], lambda event: event IS NOT NULL) AS event_ids
                    FROM (SELECT *, %1$s::INTEGER AS bolus_id FROM log WHERE event_id = 55) started
                    LEFT JOIN (
                        SELECT *, %1$s::INTEGER AS bolus_id, %2$s AS units FROM log WHERE event_id = 20
                    ) completed
                      ON completed.pump_serial = started.pump_serial
                     AND completed.sequence_group = started.sequence_group AND completed.bolus_id = started.bolus_id
                     AND completed.sequence_number > started.sequence_number
                     AND completed.sequence_number <= started.sequence_number + 20
                    """.formatted(number("bolusId"), number("insulinDelivered"));
        }
    }

    /** Computed from another domain table. */
    private static final class Days extends DailyTable {
        private final DomainTable boluses;

        Days(DomainTable boluses) {
            this.boluses = boluses;
        }

        @Override
        public String name() {
            return "days_of_test";
        }

        @Override
        public String comment() {
            return "Days";
        }

        @Override
        public String rowName() {
            return "day";
        }

        @Override
        public String valueName() {
            return "total";
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    Column.required("date", "DATE", "pump clock", "The day"),
                    Column.of("bolus_units", "DOUBLE", "U", "What boluses delivered"));
        }

        @Override
        protected List<DomainTable> sources() {
            return List.of(boluses);
        }

        @Override
        protected String select() {
            return """
                    SELECT arg_min(events_id, pump_timestamp) AS events_id,
                           arg_min(events_id, pump_timestamp) AS timed_by, pump_timestamp::DATE AS date, round(sum(delivered_units), 3) AS bolus_units
                    FROM boluses_of_test SEMI JOIN days
                      ON days.pump_serial = boluses_of_test.pump_serial AND days.day = pump_timestamp::DATE
                    GROUP BY boluses_of_test.pump_serial, pump_timestamp::DATE
                    """;
        }
    }

    /** A row for some of the events of a code. */
    private static final class Entries extends EventRowsTable {
        @Override
        public String name() {
            return "entries_of_test";
        }

        @Override
        public String comment() {
            return "Entries of carbohydrates";
        }

        @Override
        public String rowName() {
            return "entry";
        }

        @Override
        public String valueName() {
            return "amount";
        }

        @Override
        public Set<Integer> eventCodes() {
            return Set.of(STARTED);
        }

        @Override
        protected List<Value> values() {
            return List.of(
                    new Value(Column.of("grams", "INTEGER", "g", "Carbohydrates"), "{#carbAmount}::INTEGER"),
                    new Value(Column.of("kind", "VARCHAR", "", "Kind"), label("kind")));
        }

        @Override
        protected String condition() {
            return "{#carbAmount} > 0";
        }
    }

    private final Boluses boluses = new Boluses();
    private final List<DomainTable> tables = Stream.concat(
                    DomainTables.ALL.stream(), Stream.of(new Suspensions(), boluses, new Days(boluses), new Entries()))
            .toList();

    private record Sent(long number, int code, LocalDateTime stamp, String properties) {}

    /** Stores events as one fetch brings them, and derives all tables. */
    private void fetch(Database database, List<Sent> events) {
        RawEventTable raw = new RawEventTable(database);
        try (RawEventStaging staging = raw.stage()) {
            for (Sent event : events) {
                staging.add(
                        false,
                        false,
                        1,
                        event.number(),
                        event.code(),
                        event.stamp(),
                        null,
                        "{\"eventProperties\":{" + event.properties() + "}}");
            }
            staging.finish();
            database.transaction(c -> raw.merge(staging, new Origin("90000001", "a", null, null, Instant.EPOCH)));
        }
        ClockStage clocks = new ClockStage(database, ZONE, new RetimedDomainRows(database, tables));
        new ParseStage(
                        database,
                        EventCatalog.load(),
                        clocks,
                        new DerivedTables(database, tables),
                        Clock.systemUTC(),
                        PipelineListener.SILENT)
                .parse();
        new ExtractStage(database, clocks.stored(), PipelineListener.SILENT).extract(tables, false);
    }

    private Database open(String name) {
        Database database = new DatabaseOpener().openForWriting(folder.resolve(name));
        new DomainSchema(database, tables).bringUpToDate();
        return database;
    }

    /** All rows, with the position of an event in the place of its id: ids depend on the order of fetches. */
    private static TreeMap<String, List<String>> rows(Database database) {
        TreeMap<String, List<String>> rows = new TreeMap<>();
        for (String sql : List.of(
                "SELECT 'suspensions', concat_ws(' ', sequence_number, epoch(row.timestamp), epoch(ended_at),"
                        + " duration_seconds, row.time_basis) FROM suspensions_of_test row JOIN events ON events.id ="
                        + " events_id ORDER BY sequence_number",
                "SELECT 'boluses', concat_ws(' ', sequence_number, epoch(row.timestamp), bolus_id, delivered_units,"
                        + " len(event_ids)) FROM boluses_of_test row JOIN events ON events.id = events_id"
                        + " ORDER BY sequence_number",
                "SELECT 'entries', concat_ws(' ', sequence_number, grams, kind, epoch(row.timestamp)) FROM entries_of_test"
                        + " row JOIN events ON events.id = events_id ORDER BY sequence_number",
                "SELECT 'days', concat_ws(' ', date, bolus_units, epoch(timestamp)) FROM days_of_test ORDER BY date")) {
            database.forEach(sql, row -> rows.computeIfAbsent(row.getString(1), any -> new ArrayList<>())
                    .add(row.getString(2)));
        }
        return rows;
    }

    private VerifyReport verified(String name) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC(), tables)
                .verify(folder.resolve(name), 5, new VerifyListener() {});
    }

    private void assertProved(String name) {
        assertThat(verified(name).checks())
                .filteredOn(check ->
                        check.name().equals("unextracted") || check.name().endsWith("_of_test"))
                .hasSize(5)
                .allMatch(check -> check.outcome() == Verdict.COMPLETE);
    }

    private static Sent suspended(long number) {
        return new Sent(number, SUSPENDED, stamp(number), "\"insulinAmount\":100");
    }

    private static Sent resumed(long number) {
        return new Sent(number, RESUMED, stamp(number), "\"insulinAmount\":100");
    }

    private static Sent started(long number, int bolusId) {
        return new Sent(
                number, STARTED, stamp(number), "\"kind\":9,\"carbAmount\":" + number % 3 + ",\"bolusId\":" + bolusId);
    }

    private static Sent completed(long number, int bolusId, double units) {
        return new Sent(number, COMPLETED, stamp(number), "\"bolusId\":" + bolusId + ",\"insulinDelivered\":" + units);
    }

    private static LocalDateTime stamp(long number) {
        return BEGIN.plusMinutes(number * 11);
    }

    @Test
    void an_open_interval_is_ended_by_a_later_fetch() {
        try (Database database = open("open.db")) {
            fetch(database, List.of(suspended(1)));
            assertThat(durations(database)).containsExactly((Long) null);

            fetch(database, List.of(resumed(2)));
            assertThat(durations(database)).containsExactly(660L);
        }
        assertProved("open.db");
    }

    private static List<Long> durations(Database database) {
        List<Long> durations = new ArrayList<>();
        database.forEach(
                "SELECT duration_seconds FROM suspensions_of_test ORDER BY timestamp",
                row -> durations.add(row.getObject(1, Long.class)));
        return durations;
    }

    @Test
    void a_clock_change_learnt_later_moves_every_time() {
        List<Sent> events = List.of(suspended(1), resumed(2), started(3, 1), completed(4, 1, 2.5), suspended(200));
        LocalDateTime prior = stamp(5);
        String change = "\"timePrior\":" + prior.toLocalTime().toNanoOfDay() / 1_000_000 + ",\"timeAfter\":"
                + prior.plusHours(3).toLocalTime().toNanoOfDay() / 1_000_000;
        Sent changed = new Sent(5, TIME_CHANGED, prior, change);
        try (Database late = open("late.db");
                Database atOnce = open("at-once.db")) {
            fetch(late, events);
            TreeMap<String, List<String>> before = rows(late);
            fetch(late, List.of(changed));
            List<Sent> all = new ArrayList<>(events);
            all.add(changed);
            fetch(atOnce, all);

            assertThat(rows(late)).isNotEqualTo(before).isEqualTo(rows(atOnce));
        }
        assertProved("late.db");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void any_division_into_fetches_gives_the_same_rows(long seed) {
        Random random = new Random(seed);
        List<Sent> history = history(random);
        List<List<Sent>> fetches = new ArrayList<>();
        int parts = 2 + random.nextInt(6);
        for (int i = 0; i < parts; i++) {
            fetches.add(new ArrayList<>());
        }
        boolean inOrder = random.nextBoolean();
        for (int i = 0; i < history.size(); i++) {
            fetches.get(inOrder ? i * parts / history.size() : random.nextInt(parts))
                    .add(history.get(i));
        }
        try (Database once = open("once.db");
                Database divided = open("divided.db")) {
            fetch(once, history);
            fetches.forEach(part -> fetch(divided, part));

            assertThat(rows(divided)).as("seed " + seed).isEqualTo(rows(once));
            assertThat(rows(once)).containsOnlyKeys("suspensions", "boluses", "days", "entries");
            fetch(divided, history);
            assertThat(rows(divided)).isEqualTo(rows(once));

            new DerivedTables(divided, tables).clear();
            fetch(divided, List.of());
            assertThat(rows(divided)).isEqualTo(rows(once));
        }
        assertProved("divided.db");
    }

    private static List<Sent> history(Random random) {
        List<Sent> events = new ArrayList<>();
        int bolus = 0;
        boolean suspended = false;
        for (long number = 1; number < 1_500; number++) {
            int what = random.nextInt(10);
            if (what < 3) {
                bolus = bolus % 7 + 1;
                double units = Math.round(random.nextDouble() * 10_000) / 1_000.0;
                long end = number + 1 + random.nextInt(15);
                events.add(started(number, bolus));
                if (random.nextInt(5) > 0) {
                    events.add(completed(end, bolus, units));
                }
                number = end;
            } else if (what == 3) {
                events.add(suspended && random.nextInt(5) > 0 ? resumed(number) : suspended(number));
                suspended = !suspended;
            }
        }
        return events;
    }

    @Test
    void a_row_that_was_changed_by_hand_is_found_and_made_right() {
        try (Database database = open("damaged.db")) {
            fetch(database, List.of(started(1, 1), completed(2, 1, 2.5), started(40, 2)));
            TreeMap<String, List<String>> right = rows(database);
            database.execute("UPDATE boluses_of_test SET delivered_units = 25 WHERE bolus_id = 1");
            database.execute("DELETE FROM boluses_of_test WHERE bolus_id = 2");
            assertThat(rows(database)).isNotEqualTo(right);
        }
        assertThat(verified("damaged.db").checks().stream()
                        .filter(check -> check.findings() > 0)
                        .map(VerifyReport.Check::name)
                        .collect(Collectors.toSet()))
                .contains("boluses_of_test", "unextracted");
        try (Database database = open("damaged.db")) {
            ClockStage clocks = new ClockStage(database, ZONE, new RetimedDomainRows(database, tables));
            new ExtractStage(database, clocks.stored(), PipelineListener.SILENT).extract(tables, true);
        }
        assertProved("damaged.db");
    }

    @Test
    void a_table_with_other_columns_is_made_anew() {
        try (Database database = open("older.db")) {
            fetch(database, List.of(suspended(1), resumed(2)));
            TreeMap<String, List<String>> right = rows(database);
            database.execute("ALTER TABLE suspensions_of_test DROP COLUMN duration_seconds");

            new DomainSchema(database, tables).bringUpToDate();
            fetch(database, List.of());
            assertThat(rows(database)).isEqualTo(right);
            assertThat(new DomainSchema(database, tables).isCurrent()).isTrue();
        }
    }

    @Test
    void columns_have_their_comments_in_the_database() {
        try (Database database = open("comments.db")) {
            assertThat(database.first(
                            "SELECT comment FROM duckdb_columns() WHERE table_name = 'boluses_of_test'"
                                    + " AND column_name = 'delivered_units'",
                            row -> row.getString(1)))
                    .contains("What was delivered, U");
        }
    }
}
