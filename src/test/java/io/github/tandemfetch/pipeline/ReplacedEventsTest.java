package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.domain.DomainTables;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A first answer that lacks something is not final: a later one replaces it, and all that was derived from it. */
@QuarkusTest
class ReplacedEventsTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(5).withSeed(12).withPumpsWithHistory(1);
    private static final List<String> TABLES = List.of(
            "SELECT sequence_group || ' ' || sequence_number || ' ' || coalesce(pump_timestamp::VARCHAR, '-') || ' '"
                    + " || coalesce(event_timestamp::VARCHAR, '-') || raw_event_data::VARCHAR FROM raw_events"
                    + " ORDER BY sequence_group, sequence_number",
            "SELECT sequence_group || ' ' || sequence_number || ' ' || coalesce(pump_timestamp::VARCHAR, '-') || ' '"
                    + " || coalesce(timestamp::VARCHAR, '-') || time_basis || event_name || event_data::VARCHAR"
                    + " FROM events ORDER BY sequence_group, sequence_number",
            "SELECT coalesce(timestamp::VARCHAR, '-') || coalesce(cgm_reading::VARCHAR, '-') || status || time_basis"
                    + " || pump_timestamp FROM cgm_readings ORDER BY 1",
            "SELECT coalesce(timestamp::VARCHAR, '-') || coalesce(commanded_basal_rate::VARCHAR, '-') || time_basis"
                    + " || pump_timestamp FROM basal_deliveries ORDER BY 1");

    @TempDir
    Path folder;

    private static void everySecondDay(ObjectNode answer, Consumer<ObjectNode> change) {
        for (String list : List.of("events", "clockChanges")) {
            for (JsonNode event : answer.withArray(list)) {
                if (event.get("sequenceNumber").asLong() % 4_000 < 2_000) {
                    change.accept((ObjectNode) event);
                }
            }
        }
    }

    private static void assertAlike(Account account, Account truth) {
        for (String table : TABLES) {
            List<String> rows = account.texts(table);
            List<String> expected = truth.texts(table);
            for (int i = 0; i < Math.min(rows.size(), expected.size()); i++) {
                assertThat(rows.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(rows).hasSameSizeAs(expected);
        }
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, new VerifyListener() {});
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pumpDateTime=null",
                "pumpDateTime=\"\"",
                "eventProperties={}",
                "eventProperties=null",
                "no pumpDateTime"
            })
    void what_a_better_answer_says_takes_the_place_of_a_worse_one(String worse) {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            source.pumpLogs(answer -> everySecondDay(answer, event -> {
                if (worse.startsWith("no ")) {
                    event.remove("pumpDateTime");
                } else {
                    String[] parts = worse.split("=");
                    switch (parts[1]) {
                        case "null" -> event.putNull(parts[0]);
                        case "{}" -> event.putObject(parts[0]);
                        default -> event.put(parts[0], "");
                    }
                }
            }));
            account.sync();
            source.pumpLogs(answer -> {});

            pump.advanceDays(1);
            SyncReport report = account.sync();
            account.pipeline()
                    .fetchGaps(
                            account.settings(),
                            io.github.tandemfetch.source.SourceListener.silent(),
                            PipelineListener.SILENT);
            account.sync();

            Account truth = account.elsewhere("truth").with("TANDEM_SOURCE_URL", source.url());
            truth.sync();
            long replaced = report.fetch().pumps().get(0).replaced();
            assertThat(replaced > 0 || worse.startsWith("event")).isTrue();
            assertThat(account.number("SELECT count(*) FROM conflicting_events WHERE replaced"))
                    .isGreaterThanOrEqualTo(replaced);
            assertAlike(account, truth);
            assertThat(account.count("replaced_events")).isZero();
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);
        }
    }

    @Test
    void a_worse_answer_changes_nothing() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            account.sync();
            List<String> before = account.texts(TABLES.get(0));
            source.pumpLogs(answer -> everySecondDay(answer, event -> {
                event.putNull("pumpDateTime");
                event.remove("eventProperties");
            }));

            pump.advanceDays(1);
            SyncReport report = account.sync();

            assertThat(report.fetch().pumps().get(0).conflicting()).isPositive();
            assertThat(report.fetch().pumps().get(0).replaced()).isZero();
            assertThat(account.texts(TABLES.get(0)).containsAll(before)).isTrue();
            assertThat(account.count("conflicting_events")).isZero();
        }
    }

    @Test
    void without_the_list_of_clock_changes_a_fetch_is_incomplete_and_the_next_one_puts_the_times_right() {
        try (Account account = new Account(folder, OPTIONS)) {
            account.service.faults().every(RequestKind.PUMP_LOGS, new Fault.NoClockChanges(), 1);

            SyncReport first = account.sync();

            assertThat(first.complete()).isFalse();
            assertThat(first.fetch().pumps().get(0).state()).isEqualTo(PumpFetch.State.INCOMPLETE);

            account.service.faults().clear();
            assertThat(account.sync().complete()).isTrue();
            Account truth = account.elsewhere("truth");
            truth.sync();
            assertAlike(account, truth);
        }
    }

    @Test
    void a_history_without_any_stamp_gets_its_times_when_the_service_has_them() {
        try (Account account = new Account(folder, OPTIONS)) {
            account.service.faults().every(RequestKind.PUMP_LOGS, new Fault.BlankStamps(), 1);
            SyncReport first = account.sync();
            assertThat(first.complete()).isFalse();
            assertThat(account.number("SELECT count(timestamp) FROM events")).isZero();

            account.service.faults().clear();
            account.service.pumps().get(0).advanceDays(1);
            account.sync();
            account.pipeline().fetchGaps(account.settings(), SourceListener.silent(), PipelineListener.SILENT);
            account.sync();
            account.pipeline().parse(account.settings(), PipelineListener.SILENT);
            account.pipeline().extract(account.settings(), DomainTables.ALL, PipelineListener.SILENT);

            Account truth = account.elsewhere("truth");
            truth.sync();
            assertAlike(account, truth);
        }
    }
}
