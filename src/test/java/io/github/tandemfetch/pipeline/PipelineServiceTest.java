package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.history.RawEventTable.Merge;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.simulator.RecordedRequest;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedEvent;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The pipeline over real HTTP, against the simulated service; the REST client needs Quarkus around it. */
@QuarkusTest
class PipelineServiceTest {
    /** Long enough for a second window and for every oddity of a clock. */
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(30).withSeed(7);

    @TempDir
    static Path shared;

    /** After one sync; for tests that only look at it. */
    private static Account synced;

    private static SyncReport report;

    /** After one sync of half the days; for tests that leave it and the service as they are. */
    private static Account month;

    @TempDir
    Path folder;

    @BeforeAll
    static void syncOnce() {
        synced = new Account(shared.resolve("synced"), OPTIONS.withDays(60));
        report = synced.sync();
        month = new Account(shared.resolve("month"), OPTIONS);
        month.sync();
    }

    @AfterAll
    static void stopService() {
        synced.close();
        month.close();
    }

    private static String row(String serial, SimulatedEvent event) {
        return serial + " " + event.sequenceGroup() + " " + event.sequenceNumber() + " " + event.json();
    }

    private static List<String> served(Account account) {
        return account.service.pumps().stream()
                .flatMap(pump -> pump.events().map(event -> row(pump.serial(), event)))
                .sorted()
                .toList();
    }

    private static List<String> stored(Account account) {
        return sorted(account.texts("SELECT pump_serial || ' ' || sequence_group || ' ' || sequence_number || ' ' ||"
                + " raw_event_data::VARCHAR FROM raw_events"));
    }

    /** Lists in one order are compared in an instant; AssertJ looks for each of the ten thousands among all. */
    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    @Test
    void every_event_that_is_served_is_stored_once_and_byte_for_byte() {
        List<String> served = served(synced);
        assertThat(stored(synced)).isEqualTo(served);
        assertThat(report.fetch().rawEvents()).isEqualTo(served.size());
        assertThat(report.parse().parsed()).isEqualTo(served.size());
        assertThat(synced.count("events")).isEqualTo(served.size());
        assertThat(report.fetch().complete()).isTrue();
        assertThat(report.fetch().pumps())
                .extracting(PumpFetch::state)
                .contains(PumpFetch.State.COMPLETE, PumpFetch.State.NEVER_UPLOADED);
        assertThat(report.fetch().pumps())
                .extracting(PumpFetch::missingSequenceNumbers)
                .containsOnly(0L);
    }

    @Test
    void every_event_has_its_name_its_properties_and_its_stamp() {
        EventCatalog catalog = EventCatalog.load();
        List<String> expected = new ArrayList<>();
        for (SimulatedPump pump : synced.service.pumps()) {
            pump.events().forEach(event -> {
                expected.add(pump.serial() + " " + event.sequenceGroup() + " " + event.sequenceNumber() + " "
                        + event.eventCode() + " " + catalog.nameOf(event.eventCode()) + " "
                        + event.pumpDateTime());
            });
        }
        assertThat(sorted(synced.texts("""
                        SELECT pump_serial || ' ' || sequence_group || ' ' || sequence_number || ' ' || event_id
                            || ' ' || event_name || ' '
                            || CASE WHEN second(pump_timestamp) = 0
                                    THEN strftime(pump_timestamp, '%Y-%m-%dT%H:%M')
                                    ELSE strftime(pump_timestamp, '%Y-%m-%dT%H:%M:%S') END
                        FROM events
                        """))).isEqualTo(sorted(expected));
        assertThat(synced.number("""
                        SELECT count(*) FROM events JOIN raw_events raw ON raw.id = events.raw_events_id
                        WHERE json_merge_patch(event_data, '{"labels": null}')
                           IS DISTINCT FROM json_merge_patch(
                              coalesce(raw_event_data->'$.eventProperties', '{}'), '{"labels": null}')
                           OR event_timestamp IS DISTINCT FROM timestamp
                        """)).isZero();
    }

    @Test
    void every_event_has_its_true_time_to_the_second() {
        Map<String, Long> truth = new HashMap<>();
        for (SimulatedPump pump : synced.service.pumps()) {
            pump.events()
                    .forEach(event -> truth.put(
                            pump.serial() + " " + event.sequenceGroup() + " " + event.sequenceNumber(),
                            event.trueUtc().toEpochMilli()));
        }
        for (String table : List.of("events", "raw_events")) {
            String time = table.equals("events") ? "timestamp" : "event_timestamp";
            List<String> rows = synced.texts("SELECT pump_serial || ' ' || sequence_group || ' ' || sequence_number"
                    + " || '=' || epoch_ms(" + time + ") FROM " + table);
            long wrong = rows.stream()
                    .map(row -> row.split("="))
                    .filter(row -> Math.abs(truth.get(row[0]) - Long.parseLong(row[1])) > 1000)
                    .count();
            assertThat(rows).hasSameSizeAs(truth.keySet());
            assertThat(wrong).as(table).isLessThanOrEqualTo(rows.size() / 1000);
        }
        assertThat(synced.texts("SELECT DISTINCT time_basis FROM events")).containsOnly("timeline");
        assertThat(synced.number("SELECT count(*) FROM clock_timeline WHERE cause = 'clock_lost'"))
                .isPositive();
    }

    @Test
    void every_shown_glucose_value_is_one_reading_at_the_time_at_which_it_was_taken() {
        Set<String> expected = new HashSet<>();
        List<Integer> repeated = new ArrayList<>();
        for (SimulatedPump pump : synced.service.pumps()) {
            pump.events()
                    .filter(event -> Set.of(256, 399, 372, 480).contains(event.eventCode()))
                    .forEach(event -> expectedReading(pump, event).ifPresent(reading -> {
                        if (!expected.add(reading)) {
                            repeated.add(1);
                        }
                    }));
        }
        List<String> readings = synced.texts("""
                SELECT pump_serial || ' ' || coalesce(epoch(timestamp)::BIGINT::VARCHAR, '-') || ' ' || status
                    || ' ' || coalesce(cgm_reading::VARCHAR, '-')
                FROM cgm_readings
                """);
        assertThat(repeated).isNotEmpty();
        assertThat(readings).hasSameSizeAs(expected);
        long wrong = readings.stream()
                .filter(reading -> !expected.contains(reading))
                .filter(reading -> !expected.contains(later(reading, 1)) && !expected.contains(later(reading, -1)))
                .count();
        assertThat(wrong).isLessThanOrEqualTo(readings.size() / 1000);
        assertThat(synced.texts("SELECT DISTINCT status FROM cgm_readings"))
                .containsExactlyInAnyOrder("value", "low", "high");
        assertThat(synced.number("SELECT count(*) FROM cgm_readings WHERE backfilled"))
                .isPositive();
        assertThat(synced.number("SELECT min(cgm_reading) FROM cgm_readings")).isGreaterThanOrEqualTo(40);
    }

    /** The pump stamps whole seconds, which a clock that was set between two of them moves by one. */
    private static String later(String reading, int seconds) {
        String[] parts = reading.split(" ", 3);
        return parts[0] + " " + (Long.parseLong(parts[1]) + seconds) + " " + parts[2];
    }

    private static java.util.Optional<String> expectedReading(SimulatedPump pump, SimulatedEvent event) {
        JsonNode properties = event.properties();
        int value = properties.path("currentGlucoseDisplayValue").asInt(0);
        String shown =
                switch (properties.path("glucoseValueStatus").asInt(0)) {
                    case 0 -> value == 0 ? null : "value " + value;
                    case 1 -> "high -";
                    case 2 -> "low -";
                    default -> null;
                };
        if (shown == null) {
            return java.util.Optional.empty();
        }
        Instant takenAt = event.readingUtc().orElse(event.trueUtc());
        return java.util.Optional.of(pump.serial() + " " + takenAt.getEpochSecond() + " " + shown);
    }

    @Test
    void every_basal_delivery_has_its_rates_and_not_set_is_null() {
        List<String> expected = new ArrayList<>();
        for (SimulatedPump pump : synced.service.pumps()) {
            pump.events().filter(event -> event.eventCode() == 279).forEach(event -> {
                JsonNode properties = event.properties();
                expected.add(pump.serial() + " " + event.sequenceGroup() + "/" + event.sequenceNumber() + " "
                        + rate(properties, "profileBasalRate") + " " + rate(properties, "algorithmRate") + " "
                        + rate(properties, "tempRate") + " " + rate(properties, "commandedRate"));
            });
        }
        assertThat(sorted(synced.texts("""
                        SELECT b.pump_serial || ' ' || sequence_group || '/' || sequence_number || ' '
                            || coalesce(profile_basal_rate::VARCHAR, '-') || ' '
                            || coalesce(algorithm_basal_rate::VARCHAR, '-') || ' '
                            || coalesce(temp_basal_rate::VARCHAR, '-') || ' '
                            || coalesce(commanded_basal_rate::VARCHAR, '-')
                        FROM basal_deliveries b JOIN events e ON e.id = b.events_id
                        WHERE b.timestamp = e.timestamp
                        """))).isEqualTo(sorted(expected));
        assertThat(expected).anyMatch(row -> row.contains("-"));
        assertThat(synced.texts("SELECT DISTINCT commanded_rate_source FROM basal_deliveries"))
                .contains("suspended", "profile", "algorithm");
    }

    private static String rate(JsonNode properties, String name) {
        JsonNode rate = properties.path(name);
        return rate.isInt() && rate.asInt() != 65535 ? rate.asText() : "-";
    }

    @Test
    void a_second_sync_with_nothing_new_fetches_no_window_and_changes_nothing() {
        List<String> before = month.fingerprint();
        month.service.requests().clear();

        SyncReport again = month.sync();

        assertThat(month.service.requests().count(RequestKind.PUMP_LOGS)).isZero();
        assertThat(month.service.requests().count(RequestKind.LOGIN)).isZero();
        assertThat(again.fetch().inserted()).isZero();
        assertThat(again.fetch().pumps())
                .extracting(PumpFetch::state)
                .containsOnly(PumpFetch.State.UP_TO_DATE, PumpFetch.State.NEVER_UPLOADED);
        assertThat(again.parse().parsed()).isZero();
        assertThat(again.extract().tables())
                .allSatisfy(table -> assertThat(table.extracted()).isZero());
        assertThat(month.fingerprint()).isEqualTo(before);
    }

    @Test
    void days_that_are_uploaded_later_are_added_and_only_they_are_asked_for() {
        try (Account account = new Account(folder, OPTIONS.withDays(12))) {
            account.sync();
            List<String> first = served(account);
            LocalDate newestDay = account.service.pumps().stream()
                    .flatMap(pump -> pump.availableDataRange().stream())
                    .map(range -> range.end().toLocalDate())
                    .max(LocalDate::compareTo)
                    .orElseThrow();
            account.service.pumps().stream()
                    .filter(pump -> !pump.isRetired() && pump.eventCount() > 0)
                    .forEach(pump -> pump.advanceDays(3));
            account.service.requests().clear();

            SyncReport second = account.sync();

            List<String> all = served(account);
            assertThat(stored(account)).isEqualTo(all);
            assertThat(second.fetch().inserted()).isEqualTo(all.size() - first.size());
            assertThat(account.service.requests().of(RequestKind.PUMP_LOGS))
                    .isNotEmpty()
                    .allSatisfy(
                            request -> assertThat(request.from().orElseThrow()).isAfter(newestDay.minusDays(3)));
        }
    }

    @Test
    void windows_span_28_days_at_most_and_leave_no_day_out() {
        try (Account account = new Account(folder, OPTIONS.withDays(60).withPlainClock(true))) {
            account.pipeline().fetch(account.settings(), SourceListener.silent(), PipelineListener.SILENT);

            for (SimulatedPump pump : account.service.pumps()) {
                List<RecordedRequest> windows = account.service.requests().of(RequestKind.PUMP_LOGS).stream()
                        .filter(request -> request.path().endsWith(pump.assignmentId()))
                        .toList();
                if (pump.availableDataRange().isEmpty()) {
                    assertThat(windows).isEmpty();
                    continue;
                }
                SimulatedPump.DataRange range = pump.availableDataRange().get();
                assertThat(windows.get(0).from().orElseThrow())
                        .isBefore(range.start().toLocalDate());
                assertThat(windows.get(windows.size() - 1).to().orElseThrow())
                        .isAfter(range.end().toLocalDate());
                for (int i = 0; i < windows.size(); i++) {
                    LocalDate from = windows.get(i).from().orElseThrow();
                    LocalDate to = windows.get(i).to().orElseThrow();
                    assertThat(from.datesUntil(to.plusDays(1)).count()).isLessThanOrEqualTo(28);
                    if (i > 0) {
                        assertThat(from).isEqualTo(windows.get(i - 1).to().orElseThrow());
                    }
                }
            }
        }
    }

    @Test
    void a_backfill_that_stops_anywhere_goes_on_there_and_ends_in_the_same_rows() {
        List<String> expected = month.fingerprint();

        for (int stopAfter = 0; stopAfter < 4; stopAfter++) {
            Account stopped = month.elsewhere("stopped" + stopAfter);
            StopAfter stop = new StopAfter(stopAfter);
            assertThatThrownBy(() -> stopped.sync(stop)).isSameAs(stop.failure);
            month.service.requests().clear();

            stopped.sync();

            assertThat(stopped.fingerprint())
                    .as("stopped after window " + stopAfter)
                    .isEqualTo(expected);
        }
    }

    /** Ends a run as a failure of the process would, after some windows. */
    private static final class StopAfter implements PipelineListener {
        private final IllegalStateException failure = new IllegalStateException("stop");
        private final int windows;
        private int stored;

        StopAfter(int windows) {
            this.windows = windows;
        }

        @Override
        public void windowStored(String pumpSerial, FetchWindow window, Merge merge) {
            if (stored++ == windows) {
                throw failure;
            }
        }
    }

    @Test
    void stages_that_run_alone_give_the_same_rows_as_all_in_one() {
        try (Account account = new Account(folder, OPTIONS.withDays(10))) {
            account.sync();
            Account alone = account.elsewhere("alone");

            alone.pipeline().fetch(alone.settings(), SourceListener.silent(), PipelineListener.SILENT);
            for (int i = 0; i < 2; i++) {
                alone.pipeline().parse(alone.settings(), PipelineListener.SILENT);
                alone.pipeline().extract(alone.settings(), DomainTables.ALL, PipelineListener.SILENT);
            }

            assertThat(alone.fingerprint()).isEqualTo(account.fingerprint());
        }
    }

    @Test
    void another_time_zone_is_noticed_and_a_rebuild_gives_what_a_fresh_database_has() {
        try (Account account = new Account(folder, OPTIONS.withDays(10))) {
            account.sync();
            List<String> before = account.fingerprint();
            account.with("TANDEM_TIMEZONE", "Australia/Lord_Howe");
            List<String> notices = new ArrayList<>();

            account.sync(new PipelineListener() {
                @Override
                public void notice(String text) {
                    notices.add(text);
                }
            });

            assertThat(notices).singleElement().asString().contains("Lord_Howe", "--rebuild");
            assertThat(account.fingerprint()).isEqualTo(before);

            account.pipeline().rebuild(account.settings(), PipelineListener.SILENT);
            Account fresh = account.elsewhere("fresh").with("TANDEM_TIMEZONE", "Australia/Lord_Howe");
            fresh.sync();

            assertThat(account.fingerprint()).isEqualTo(fresh.fingerprint()).isNotEqualTo(before);
        }
    }

    @Test
    void only_the_pump_that_is_asked_for_is_fetched() {
        try (Account account = new Account(folder, OPTIONS.withDays(20))) {
            String serial = account.service.pumps().get(1).serial();
            account.with("TANDEM_PUMP_SERIAL", serial).sync();

            assertThat(account.texts("SELECT DISTINCT pump_serial FROM raw_events"))
                    .containsExactly(serial);

            account.with("TANDEM_PUMP_SERIAL", "1");
            TandemException failure = catchThrowableOfType(TandemException.class, account::sync);
            assertThat(failure.code()).isEqualTo("PUMP_NOT_FOUND");
            assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
            assertThat(failure.remedy()).contains(serial);
        }
    }

    @Test
    void an_account_of_the_other_region_works_alike() {
        SimulatorOptions options = OPTIONS.withDays(10).withRegion("EU").withZone(ZoneId.of("Europe/Berlin"));
        try (Account account = new Account(folder, options)) {
            account.sync();

            assertThat(stored(account)).isEqualTo(served(account));
        }
    }
}
