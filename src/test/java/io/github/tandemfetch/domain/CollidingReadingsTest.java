package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockChange;
import io.github.tandemfetch.clock.ClockStage;
import io.github.tandemfetch.clock.DegradedPump;
import io.github.tandemfetch.history.RawEventStaging;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.RawEventTable.Origin;
import io.github.tandemfetch.pipeline.ExtractStage;
import io.github.tandemfetch.pipeline.ParseStage;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.Sensor;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyService;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Readings of one second: which has the row, which are counted, and that none is lost. */
class CollidingReadingsTest {
    private static final ZoneId HOME = ZoneId.of("America/New_York");
    private static final List<ZoneId> ZONES =
            List.of(HOME, ZoneId.of("America/Los_Angeles"), ZoneId.of("Europe/Berlin"), ZoneId.of("Asia/Tokyo"));
    private static final long PUMP_EPOCH = 1_199_145_600L;
    private static final String PUMP = "1234567";
    private static final int DEXCOM_G6 = 256;

    @TempDir
    Path folder;

    /** An event as the service sends it; late readings carry a stamp of their own. */
    private record Sent(SequencePosition position, int code, LocalDateTime stamp, String properties) {}

    private record Second(int code, Instant truth) {}

    private static Sent reading(
            SequencePosition position, int code, LocalDateTime loggedAt, LocalDateTime takenAt, int value) {
        String type = takenAt.equals(loggedAt) ? "" : ",\"cgmDataType\":[1]";
        String properties = "\"glucoseValueStatus\":0,\"currentGlucoseDisplayValue\":" + value + ",\"egvTimeStamp\":"
                + (takenAt.toEpochSecond(ZoneOffset.UTC) - PUMP_EPOCH) + type;
        return new Sent(position, code, loggedAt, properties);
    }

    private static Sent reading(long number, String loggedAt, String takenAt, int value) {
        return reading(
                new SequencePosition(1, number),
                DEXCOM_G6,
                LocalDateTime.parse("2026-06-20T" + loggedAt),
                LocalDateTime.parse("2026-06-20T" + takenAt),
                value);
    }

    private static Sent change(ClockChange change) {
        String name = change.kind() == ClockChange.Kind.DATE ? "date" : "time";
        return new Sent(
                change.position(),
                change.kind().eventCode(),
                change.stamp(),
                "\"" + name + "Prior\":" + change.prior() + ",\"" + name + "After\":" + change.after());
    }

    /** Stores events as one fetch brings them, and derives all tables. */
    private static ExtractedTable fetched(Database database, List<Sent> events) {
        RawEventTable table = new RawEventTable(database);
        try (RawEventStaging staging = table.stage()) {
            for (Sent event : events) {
                staging.add(
                        false,
                        false,
                        event.position().group(),
                        event.position().number(),
                        event.code(),
                        event.stamp(),
                        null,
                        "{\"eventProperties\":{" + event.properties() + "}}");
            }
            staging.finish();
            database.transaction(c -> table.merge(staging, new Origin(PUMP, "assignment", null, null, Instant.EPOCH)));
        }
        ClockStage clocks = new ClockStage(database, HOME, new RetimedDomainRows(database));
        new ParseStage(
                        database,
                        EventCatalog.load(),
                        clocks,
                        new DerivedTables(database),
                        Clock.systemUTC(),
                        PipelineListener.SILENT)
                .parse();
        return new ExtractStage(database, clocks.stored(), PipelineListener.SILENT)
                .extract(DomainTables.ALL, false)
                .tables()
                .get(0);
    }

    private static List<String> rows(Database database) {
        List<String> rows = new ArrayList<>();
        database.forEach(
                "SELECT epoch_ms(timestamp), coalesce(cgm_reading::VARCHAR, status) FROM cgm_readings ORDER BY 1",
                row -> rows.add(Instant.ofEpochMilli(row.getLong(1)) + " " + row.getString(2)));
        return rows;
    }

    private Database open(String name) {
        return new DatabaseOpener().openForWriting(folder.resolve(name));
    }

    private VerifyReport verified(String name) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(folder.resolve(name), 5, new VerifyListener() {});
    }

    private static VerifyReport.Check check(VerifyReport report, String name) {
        return report.checks().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private VerifyReport.Check soundBut(String name, long conflicts, String context) {
        VerifyReport report = verified(name);
        for (String check : List.of("duplicates", "cgm_readings", "unextracted")) {
            assertThat(check(report, check).examples()).as(context + check).isEmpty();
        }
        VerifyReport.Check found = check(report, "conflicting_readings");
        assertThat(found.findings()).as(context).isEqualTo(conflicts);
        assertThat(found.outcome()).as(context).isEqualTo(VerifyReport.Verdict.COMPLETE);
        return found;
    }

    @Test
    void a_late_reading_of_the_second_pass_stands_beside_the_one_that_the_first_pass_stamped_alike() {
        DegradedPump pump = new DegradedPump(HOME, Instant.parse("2026-06-10T12:00:00Z"), 3)
                .until(Instant.parse("2026-06-20T22:05:00Z"))
                .set(ZoneId.of("America/Los_Angeles"))
                .run(Duration.ofDays(3))
                .set(HOME)
                .run(Duration.ofDays(20));
        List<Sent> events = new ArrayList<>();
        pump.changes().forEach(change -> events.add(change(change)));
        SequencePosition first = after(pump, "2026-06-20T19:15:38Z");
        SequencePosition second = after(pump, "2026-06-20T22:50:39Z");
        events.add(reading(
                first,
                DEXCOM_G6,
                LocalDateTime.parse("2026-06-20T15:15:38"),
                LocalDateTime.parse("2026-06-20T15:15:38"),
                136));
        events.add(reading(
                second,
                DEXCOM_G6,
                LocalDateTime.parse("2026-06-20T15:50:39"),
                LocalDateTime.parse("2026-06-20T15:15:38"),
                116));
        pump.log.stream()
                .filter(event -> !event.change()
                        && !event.position().equals(first)
                        && !event.position().equals(second))
                .forEach(event -> events.add(new Sent(event.position(), 279, event.stamp(), "\"commandedRate\":850")));
        try (Database database = open("t.db")) {
            ExtractedTable report = fetched(database, events);

            assertThat(rows(database)).containsExactly("2026-06-20T19:15:38Z 136", "2026-06-20T22:15:38Z 116");
            assertThat(report.repeated()).isZero();
            assertThat(report.conflicts()).isZero();
        }
        soundBut("t.db", 0, "");
    }

    private static SequencePosition after(DegradedPump pump, String truth) {
        return pump.log.stream()
                .filter(event -> event.truth().isAfter(Instant.parse(truth)))
                .findFirst()
                .orElseThrow()
                .position();
    }

    @Test
    void of_two_values_of_one_second_the_one_logged_later_is_the_value_and_the_other_a_conflict() {
        Sent live = reading(10, "12:00:00", "12:00:00", 136);
        Sent again = reading(11, "12:00:07", "12:00:00", 136);
        Sent late = reading(20, "12:40:00", "12:00:00", 116);
        List<List<List<Sent>>> fetches = List.of(
                List.of(List.of(live, again, late)),
                List.of(List.of(live), List.of(again), List.of(late)),
                List.of(List.of(late), List.of(again), List.of(live)),
                List.of(List.of(late, live), List.of(again)),
                List.of(List.of(again), List.of(live, late)));
        for (int i = 0; i < fetches.size(); i++) {
            String context = "division " + i + " ";
            try (Database database = open(i + ".db")) {
                ExtractedTable report = null;
                for (List<Sent> events : fetches.get(i)) {
                    report = fetched(database, events);
                }

                assertThat(rows(database)).as(context).containsExactly("2026-06-20T16:00:00Z 116");
                assertThat(report.conflicts()).as(context).isOne();
                assertThat(report.repeated()).as(context).isOne();
                assertThat(report.hidden()).as(context).isZero();
            }
            assertThat(soundBut(i + ".db", 1, context).examples())
                    .as(context)
                    .singleElement()
                    .asString()
                    .contains("2026-06-20T16:00:00Z: 136 (event 1/10) was followed by 116");
        }
    }

    @Test
    void a_row_that_a_later_value_must_replace_is_told_as_not_extracted() {
        try (Database database = open("t.db")) {
            fetched(
                    database,
                    List.of(reading(10, "12:00:00", "12:00:00", 136), reading(20, "12:40:00", "12:00:00", 116)));
            database.execute("UPDATE cgm_readings SET events_id = (SELECT id FROM events WHERE sequence_number = 10),"
                    + " cgm_reading = 136, reported_value = 136, backfilled = false");
        }

        VerifyReport report = verified("t.db");
        assertThat(check(report, "unextracted").findings()).isOne();
        assertThat(check(report, "cgm_readings").findings()).isZero();
    }

    /** What went in: the last value of each second, and how many others there were. */
    private static final class Model {
        private final Map<Second, TreeMap<SequencePosition, Integer>> seconds = new HashMap<>();

        void add(Second second, SequencePosition position, int value) {
            seconds.computeIfAbsent(second, key -> new TreeMap<>()).put(position, value);
        }

        List<String> rows() {
            return seconds.entrySet().stream()
                    .map(entry -> entry.getKey().code() + " " + entry.getKey().truth() + " "
                            + entry.getValue().lastEntry().getValue())
                    .sorted()
                    .toList();
        }

        long conflicts() {
            return seconds.values().stream()
                    .mapToLong(values -> new HashSet<>(values.values()).size() - 1)
                    .sum();
        }

        long repeated() {
            return seconds.values().stream()
                    .mapToLong(values -> values.size() - new HashSet<>(values.values()).size())
                    .sum();
        }
    }

    /** When the pump's clock showed a stamp last, as of a place in its log. */
    private static Instant newestPass(List<DegradedPump.Logged> log, int loggedAt, LocalDateTime stamp) {
        Instant end = log.get(loggedAt).truth();
        for (int i = loggedAt; i >= 0; i--) {
            Duration here = offset(log.get(i));
            boolean begins = i == 0 || !offset(log.get(i - 1)).equals(here);
            if (begins) {
                Instant found = stamp.toInstant(ZoneOffset.UTC).minus(here);
                if (!found.isAfter(end) && !found.isBefore(log.get(i).truth())) {
                    return found;
                }
                end = log.get(i).truth();
            }
        }
        throw new IllegalStateException("no clock showed " + stamp);
    }

    private static Duration offset(DegradedPump.Logged event) {
        return Duration.between(event.truth(), event.stamp().toInstant(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void every_reading_that_went_in_comes_out_as_a_row_or_is_counted_as_a_conflict(long seed) {
        Random random = new Random(seed);
        DegradedPump pump = new DegradedPump(HOME, Instant.parse("2026-06-01T08:00:00Z"), seed).run(Duration.ofDays(5));
        for (int i = 0; i < 4; i++) {
            pump.set(ZONES.get(random.nextInt(ZONES.size()))).run(Duration.ofMinutes(20 + random.nextInt(4_000)));
        }
        pump.set(HOME).run(Duration.ofDays(5));
        List<DegradedPump.Logged> log = pump.log;
        int[] sensors =
                Arrays.stream(Sensor.values()).mapToInt(Sensor::eventCode).toArray();
        Map<SequencePosition, ClockChange> changes = new HashMap<>();
        pump.changes().forEach(change -> changes.put(change.position(), change));
        Model model = new Model();
        List<Sent> sent = new ArrayList<>();
        Map<Second, Integer> values = new HashMap<>();
        for (int i = 0; i < log.size(); i++) {
            DegradedPump.Logged event = log.get(i);
            if (event.change()) {
                sent.add(change(changes.get(event.position())));
                continue;
            }
            int code = sensors[random.nextInt(sensors.length)];
            int back = random.nextInt(3) > 0 ? 0 : 1 + random.nextInt(Math.min(60, i + 1));
            DegradedPump.Logged taken = log.get(Math.max(0, i - back));
            if (taken.change()) {
                taken = event;
            }
            Instant truth = taken == event ? event.truth() : newestPass(log, i, taken.stamp());
            Second second = new Second(code, truth);
            int value = random.nextBoolean()
                    ? values.getOrDefault(second, 100 + random.nextInt(4))
                    : 100 + random.nextInt(4);
            values.put(second, value);
            model.add(second, event.position(), value);
            sent.add(reading(event.position(), code, event.stamp(), taken.stamp(), value));
        }

        List<List<Sent>> parts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parts.add(new ArrayList<>());
        }
        sent.forEach(event -> parts.get(random.nextInt(3)).add(event));
        String context = "seed " + seed + " ";
        List<String> divided;
        try (Database database = open("divided.db")) {
            ExtractedTable report = null;
            for (List<Sent> part : parts) {
                report = fetched(database, part);
            }
            divided = rowsWithSensors(database);
            assertThat(divided).as(context).isEqualTo(model.rows());
            assertThat(report.conflicts()).as(context).isEqualTo(model.conflicts());
            assertThat(report.repeated()).as(context).isEqualTo(model.repeated());
        }
        assertThat(model.conflicts()).as(context).isPositive();
        soundBut("divided.db", model.conflicts(), context);
        try (Database database = open("whole.db")) {
            sent.sort(Comparator.comparing(Sent::position));
            ExtractedTable report = fetched(database, sent);
            assertThat(rowsWithSensors(database)).as(context).isEqualTo(divided);
            assertThat(report.extracted()).as(context).isEqualTo(divided.size());
            assertThat(report.extracted() + report.conflicts() + report.repeated())
                    .as(context)
                    .isEqualTo(sent.size() - changes.size());
        }
    }

    private static List<String> rowsWithSensors(Database database) {
        List<String> rows = new ArrayList<>();
        database.forEach(
                "SELECT event_id, epoch_ms(reading.timestamp), cgm_reading FROM cgm_readings reading"
                        + " JOIN events ON events.id = events_id",
                row -> rows.add(row.getInt(1) + " " + Instant.ofEpochMilli(row.getLong(2)) + " " + row.getInt(3)));
        rows.sort(null);
        return rows;
    }
}
