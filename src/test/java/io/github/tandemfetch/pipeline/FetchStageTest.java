package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.PumpLogSink;
import io.github.tandemfetch.source.Pumper;
import io.github.tandemfetch.source.ReceivedEvent;
import io.github.tandemfetch.source.Session;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked for where the list of pumps misleads about it. */
class FetchStageTest {
    private static final String SERIAL = "1234567";
    private static final String ASSIGNMENT = "assignment";

    @TempDir
    Path folder;

    private final Logs logs = new Logs();
    private Instant now = Instant.parse("2026-11-10T12:00:00Z");
    private Database database;

    @BeforeEach
    void open() {
        database = new DatabaseOpener().openForWriting(folder.resolve("tandem.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void events_after_one_that_a_wrong_clock_stamped_in_the_future_are_fetched_and_days_after_tomorrow_are_not() {
        List<Logged> log = logs.of(ASSIGNMENT);
        log.addAll(daily(1, "2026-10-01T08:00:00", 40));
        log.add(new Logged(41, LocalDateTime.parse("2027-03-01T08:00:00")));
        Instant upload = Instant.parse("2026-11-09T20:00:00Z");
        LocalDateTime newest = LocalDateTime.parse("2027-03-01T08:00:00");
        assertThat(fetch(pump(ASSIGNMENT, "2026-10-01", newest, upload))).isEqualTo(40);
        assertThat(logs.lastAsked).isEqualTo("2026-11-11");

        log.addAll(daily(42, "2026-11-10T08:00:00", 5));
        now = now.plusSeconds(5 * 86_400);
        Pump uploadedLater = pump(ASSIGNMENT, "2026-10-01", newest, Instant.parse("2026-11-14T20:00:00Z"));
        assertThat(fetch(uploadedLater)).isEqualTo(45);

        logs.asked.clear();
        now = now.plusSeconds(86_400);
        assertThat(fetch(uploadedLater)).isEqualTo(45);
        assertThat(logs.asked).isEmpty();

        now = Instant.parse("2027-03-01T12:00:00Z");
        assertThat(fetch(pump(ASSIGNMENT, "2026-10-01", newest, now)))
                .as("the day has come")
                .isEqualTo(46);
    }

    @Test
    void a_pump_that_was_assigned_anew_has_the_history_of_both_assignments() {
        logs.of("first").addAll(daily(1, "2026-06-01T08:00:00", 30));
        logs.of("second").addAll(daily(31, "2026-09-01T08:00:00", 40));
        Instant upload = Instant.parse("2026-11-09T20:00:00Z");
        Pump first = pump("first", "2026-06-01", LocalDateTime.parse("2026-06-30T08:00:00"), upload);
        Pump second = pump("second", "2026-09-01", LocalDateTime.parse("2026-10-10T08:00:00"), upload);
        Pump[] pumps =
                PipelineService.olderAssignmentsFirst(List.of(second, first)).toArray(Pump[]::new);
        assertThat(pumps).containsExactly(first, second);
        assertThat(fetch(pumps)).isEqualTo(70);

        logs.asked.clear();
        assertThat(fetch(pumps)).isEqualTo(70);
        assertThat(logs.asked).isEmpty();
    }

    @Test
    void where_the_service_does_not_say_when_data_begins_empty_years_before_it_are_no_sign_of_failure() {
        logs.of(ASSIGNMENT).addAll(daily(1, "2026-09-01T08:00:00", 40));
        LocalDateTime newest = LocalDateTime.parse("2026-10-10T08:00:00");
        assertThat(fetch(pump(ASSIGNMENT, null, newest, Instant.parse("2026-10-10T20:00:00Z"))))
                .isEqualTo(40);
        assertThat(new FetchProgressTable(database)
                        .of(SERIAL, ASSIGNMENT)
                        .orElseThrow()
                        .completeThrough())
                .isEqualTo(newest);
    }

    private long fetch(Pump... pumps) {
        PumpFailures failures = new PumpFailures(PipelineListener.SILENT);
        new FetchStage(
                        database,
                        logs,
                        new PumpClocks(ZoneId.of("America/New_York"), Map.of()),
                        Clock.fixed(now, ZoneOffset.UTC),
                        PipelineListener.SILENT)
                .fetch(List.of(pumps), List.of(pumps), failures);
        failures.throwFirst();
        return new RawEventTable(database).count();
    }

    private static Pump pump(String assignment, String firstDay, LocalDateTime newest, Instant upload) {
        return new Pump(
                assignment,
                SERIAL,
                null,
                null,
                null,
                null,
                null,
                null,
                upload,
                newest,
                firstDay == null ? null : LocalDate.parse(firstDay),
                newest.toLocalDate(),
                null);
    }

    private static List<Logged> daily(long firstNumber, String first, int days) {
        List<Logged> events = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            events.add(new Logged(firstNumber + day, LocalDateTime.parse(first).plusDays(day)));
        }
        return events;
    }

    /** An event of a log. */
    private record Logged(long number, LocalDateTime stamp) {}

    /** The logs that the service has, by assignment, and what it was asked for. */
    private static final class Logs implements TandemSourceClient {
        private final Map<String, List<Logged>> byAssignment = new HashMap<>();
        private final List<LocalDate> asked = new ArrayList<>();
        private LocalDate lastAsked;

        List<Logged> of(String assignment) {
            return byAssignment.computeIfAbsent(assignment, any -> new ArrayList<>());
        }

        @Override
        public void pumpLogs(String assignmentId, LocalDate firstDay, LocalDate lastDay, PumpLogSink sink) {
            asked.add(firstDay);
            lastAsked = lastDay;
            sink.restart();
            FetchWindow window = new FetchWindow(firstDay, lastDay);
            of(assignmentId).stream()
                    .filter(event -> window.holds(event.stamp().toLocalDate()))
                    .forEach(event -> sink.accept(new ReceivedEvent(
                            false, null, 0, event.number(), 48, event.stamp().toString(), "{}")));
        }

        @Override
        public Pumper pumper() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Session session() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
