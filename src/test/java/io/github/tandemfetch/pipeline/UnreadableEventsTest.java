package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Glucose values and basal rates that are not as they should be, over real HTTP. */
@QuarkusTest
class UnreadableEventsTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(4).withSeed(5).withPumpsWithHistory(1);
    private static final Set<Integer> GLUCOSE = Set.of(256, 399);
    private static final String VALUE = "currentGlucoseDisplayValue";

    @TempDir
    static Path folder;

    /** Never synced itself; each case is another folder's run against its service. */
    private static Account served;

    private static int accounts;

    @BeforeAll
    static void startService() {
        served = new Account(folder.resolve("served"), OPTIONS);
    }

    @AfterAll
    static void stopService() {
        served.close();
    }

    private static Account fresh() {
        return served.elsewhere("account" + accounts++);
    }

    private static Arguments glucose(String how, Consumer<ObjectNode> change) {
        return Arguments.of(how, change);
    }

    static Stream<Arguments> glucoseThatNobodyCanRead() {
        return Stream.of(
                glucose("renamed", properties -> properties.set("glucose", properties.remove(VALUE))),
                glucose("null", properties -> properties.putNull(VALUE)),
                glucose("a text", properties -> properties.put(VALUE, "high")),
                glucose("an object", properties -> properties.putObject(VALUE).put("mgPerDl", 120)),
                glucose("a truth", properties -> properties.put(VALUE, true)),
                glucose("mmol/L", properties -> properties.put(VALUE, 6.7)),
                glucose("absurd", properties -> properties.put(VALUE, 65_535)),
                glucose("negative", properties -> properties.put(VALUE, -4)),
                glucose("of no status", properties -> properties.put("glucoseValueStatus", 0.5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("glucoseThatNobodyCanRead")
    void a_glucose_value_that_cannot_be_read_is_told_once_and_kept_raw(String how, Consumer<ObjectNode> change) {
        Account account = fresh();
        try (RewrittenSource source = RewrittenSource.of(account)) {
            changeGlucose(source, change);
            List<String> notices = new ArrayList<>();

            SyncReport report = account.sync(collecting(notices));

            long events = account.number("SELECT count(*) FROM events WHERE event_id IN (256, 399)");
            long first = account.number("SELECT min(sequence_number) FROM events WHERE event_id IN (256, 399)");
            assertThat(account.count("raw_events")).isEqualTo(account.count("events"));
            assertThat(report.complete()).isFalse();
            UnreadableKind kind = report.extract().tables().get(0).unreadable().get(0);
            assertThat(kind.events()).isGreaterThan(events / 2);
            assertThat(kind.firstSequenceNumber()).isGreaterThanOrEqualTo(first);
            assertThat(kind.firstPumpTimestamp()).isNotNull();
            assertThat(kind.formatChanged()).isTrue();
            assertThat(notices.stream().filter(text -> text.contains("glucose value")))
                    .singleElement()
                    .asString()
                    .contains(kind.pumpSerial(), "code " + kind.eventCode(), "number " + kind.firstSequenceNumber());
            assertThat(account.number("SELECT count(*) FROM cgm_readings WHERE status = 'value'"))
                    .isZero();

            VerifyReport proof = verify(account);
            assertThat(proof.verdict()).isEqualTo(Verdict.INCOMPLETE);
            assertThat(proof.unreadable()).contains(kind);
        }
    }

    @Test
    void a_single_value_that_cannot_be_read_is_a_note_and_told_in_one_run() {
        Account account = fresh();
        try (RewrittenSource source = RewrittenSource.of(account)) {
            Set<Long> changed = new HashSet<>();
            source.pumpLogs(answer -> answer.withArray("events").forEach(event -> {
                boolean chosen = GLUCOSE.contains(event.get("eventCode").asInt())
                        && event.get("sequenceNumber").asLong() % 1000 < 4;
                if (chosen) {
                    changed.add(event.get("sequenceNumber").asLong());
                    ((ObjectNode) event.get("eventProperties"))
                            .put("glucoseValueStatus", 0)
                            .put(VALUE, 120.5);
                }
            }));
            List<String> notices = new ArrayList<>();

            SyncReport report = account.sync(collecting(notices));

            assertThat(changed).isNotEmpty();
            assertThat(report.complete()).isTrue();
            assertThat(notices)
                    .filteredOn(text -> text.contains("glucose value"))
                    .hasSize(1);
            VerifyReport proof = verify(account);
            assertThat(proof.verdict()).isEqualTo(Verdict.COMPLETE);
            assertThat(proof.unreadable().stream()
                            .filter(kind -> GLUCOSE.contains(kind.eventCode()))
                            .mapToLong(UnreadableKind::events)
                            .sum())
                    .isGreaterThanOrEqualTo(changed.size());

            notices.clear();
            account.sync(collecting(notices));
            assertThat(notices).isEmpty();
        }
    }

    static Stream<Arguments> ratesThatNobodyCanRead() {
        return Stream.of(
                Arguments.of("renamed", (Consumer<ObjectNode>)
                        properties -> properties.set("rate", properties.remove("commandedRate"))),
                Arguments.of("null", (Consumer<ObjectNode>) properties -> properties.putNull("commandedRate")),
                Arguments.of("a text", (Consumer<ObjectNode>) properties -> properties.put("profileBasalRate", "off")),
                Arguments.of("a fraction", (Consumer<ObjectNode>) properties -> properties.put("commandedRate", 0.85)),
                Arguments.of("absurd", (Consumer<ObjectNode>) properties -> properties.put("tempRate", 70_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ratesThatNobodyCanRead")
    void a_basal_rate_that_cannot_be_read_is_null_and_told(String how, Consumer<ObjectNode> change) {
        Account account = fresh();
        try (RewrittenSource source = RewrittenSource.of(account)) {
            source.events(279, event -> change.accept((ObjectNode) event.get("eventProperties")));
            List<String> notices = new ArrayList<>();

            SyncReport report = account.sync(collecting(notices));

            assertThat(report.complete()).isFalse();
            assertThat(report.extract().tables().get(1).unreadable())
                    .singleElement()
                    .satisfies(kind -> {
                        assertThat(kind.events()).isEqualTo(account.count("basal_deliveries"));
                        assertThat(kind.formatChanged()).isTrue();
                        assertThat(kind.firstSequenceNumber())
                                .isEqualTo(account.number(
                                        "SELECT arg_min(sequence_number, id) FROM events WHERE event_id = 279"));
                    });
            assertThat(notices.stream().filter(text -> text.contains("basal rate")))
                    .hasSize(1);
            VerifyReport proof = verify(account);
            assertThat(proof.verdict()).isEqualTo(Verdict.INCOMPLETE);
            assertThat(proof.checks().stream()
                            .filter(check -> check.findings() > 0)
                            .map(VerifyReport.Check::name))
                    .containsExactly("event_format");
        }
    }

    @Test
    void a_rate_that_is_said_not_to_be_set_or_left_out_where_nothing_follows_it_is_read() {
        Account account = fresh();
        try (RewrittenSource source = RewrittenSource.of(account)) {
            source.events(279, event -> ((ObjectNode) event.get("eventProperties"))
                    .put("commandedRateSource", 1)
                    .put("profileBasalRate", 850)
                    .put("algorithmRate", 65_535)
                    .putNull("tempRate"));

            SyncReport report = account.sync();

            assertThat(report.extract().tables().get(1).unreadable()).isEmpty();
            assertThat(account.number("SELECT count(*) FROM basal_deliveries WHERE profile_basal_rate = 850"
                            + " AND algorithm_basal_rate IS NULL AND temp_basal_rate IS NULL"))
                    .isEqualTo(account.count("basal_deliveries"));
        }
    }

    @Test
    void a_rate_that_no_pump_can_deliver_is_unreadable() {
        Account account = fresh();
        try (RewrittenSource source = RewrittenSource.of(account)) {
            source.events(279, event -> ((ObjectNode) event.get("eventProperties"))
                    .put("commandedRateSource", 1)
                    .put("commandedRate", 60_000)
                    .put("profileBasalRate", 15_000)
                    .put("algorithmRate", 15_001)
                    .put("tempRate", 65_535));

            SyncReport report = account.sync();

            assertThat(report.extract().tables().get(1).unreadable()).isNotEmpty();
            assertThat(account.number("SELECT count(*) FROM basal_deliveries WHERE profile_basal_rate = 15000"
                            + " AND commanded_basal_rate IS NULL AND algorithm_basal_rate IS NULL"
                            + " AND temp_basal_rate IS NULL"))
                    .isEqualTo(account.count("basal_deliveries"));
        }
    }

    private static void changeGlucose(RewrittenSource source, Consumer<ObjectNode> change) {
        source.pumpLogs(answer -> answer.withArray("events").forEach(event -> {
            if (GLUCOSE.contains(event.get("eventCode").asInt())) {
                change.accept((ObjectNode) event.get("eventProperties"));
            }
        }));
    }

    private static PipelineListener collecting(List<String> notices) {
        return new PipelineListener() {
            @Override
            public void notice(String text) {
                notices.add(text);
            }
        };
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, new VerifyListener() {});
    }
}
