package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.Fault.LongWindows.How;
import io.github.tandemfetch.simulator.RecordedRequest;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.status.DatabaseStatus;
import io.github.tandemfetch.status.StatusService;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** History that arrives late, codes that are never sent, dates that cannot be, windows that are too long. */
@QuarkusTest
class UnreliableServiceTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withSeed(31)
            .withDays(40)
            .withLastDay(LocalDate.of(2026, 8, 15))
            .withPlainClock(true)
            .withPumpsWithHistory(1);

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();

    @BeforeEach
    void forget() {
        notices.clear();
    }

    private List<String> notices(String about) {
        return notices.stream().filter(notice -> notice.contains(about)).toList();
    }

    private SyncReport sync(Account account) {
        return account.sync(new PipelineListener() {
            @Override
            public void notice(String text) {
                notices.add(text);
            }
        });
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, VerifyListener.SILENT);
    }

    private static DatabaseStatus status(Account account) {
        return new StatusService(new DatabaseOpener()).of(account.databaseFile(), Optional.empty());
    }

    private static SimulatedPump pump(Account account) {
        return account.service.pumps().get(0);
    }

    private static void always(Account account, RequestKind kind, Fault fault) {
        account.service.faults().every(kind, fault, 1);
    }

    private static List<RecordedRequest> windows(Account account) {
        return account.service.requests().of(RequestKind.PUMP_LOGS);
    }

    @Test
    void a_hole_that_a_later_upload_fills_is_found_though_the_newest_event_stays_the_same() {
        try (Account account = new Account(folder, OPTIONS)) {
            always(account, RequestKind.ANY, new Fault.LateHistory(LocalDate.of(2026, 7, 20)));
            sync(account);
            long hole = pump(account).eventCount() - account.count("raw_events");
            assertThat(hole).isGreaterThan(300);
            DatabaseStatus before = status(account);
            assertThat(before.pumps().get(0).gaps().asOf())
                    .as("what the verdict rests on")
                    .isEqualTo(pump(account).lastUpload().orElseThrow());
            account.service.requests().clear();

            SyncReport second = sync(account);

            assertThat(second.fetch().inserted()).isEqualTo(hole);
            assertThat(second.fetch().complete()).isTrue();
            assertThat(windows(account))
                    .as("the newest days and those of the hole")
                    .hasSizeLessThanOrEqualTo(3);
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);
            account.service.requests().clear();
            sync(account);
            assertThat(windows(account)).isEmpty();
        }
    }

    @Test
    void codes_that_are_never_sent_cost_no_second_download_and_are_said_once() {
        try (Account account = new Account(folder, OPTIONS)) {
            always(account, RequestKind.PUMP_LOGS, new Fault.NeverSent(Set.of(256, 399, 16)));

            SyncReport first = sync(account);

            assertThat(windows(account))
                    .as(
                            "40 days and two beside them: %s",
                            verify(account).gaps().days())
                    .hasSize(2);
            assertThat(first.fetch().complete()).isTrue();
            assertThat(notices("does not send")).singleElement().asString().contains("% of the log", "gaps");
            VerifyReport report = verify(account);
            assertThat(report.verdict()).isEqualTo(Verdict.PARTLY_SENT);
            assertThat(report.gaps().of(GapKind.NOT_SENT).gaps()).isGreaterThan(1000);
            assertThat(report.gaps().of(GapKind.NOT_FETCHED).gaps()).isZero();
            assertThat(report.gaps().days()).hasSizeLessThanOrEqualTo(10);
            assertThat(report.gaps().list()).hasSizeLessThanOrEqualTo(10);
            assertThat(status(account).verdict()).isEqualTo(Verdict.PARTLY_SENT);
            assertThat(status(account).pumps().get(0).gaps().pattern().describe())
                    .contains("% of the log");

            List<Integer> costs = new ArrayList<>();
            for (int day = 0; day < 5; day++) {
                pump(account).advanceDays(1);
                account.service.requests().clear();
                assertThat(sync(account).fetch().complete()).isTrue();
                costs.add(windows(account).size());
            }
            assertThat(costs).as("a day costs one window, whatever is missing").containsOnly(1);
            assertThat(notices("does not send")).as("said once").hasSize(1);

            account.service.requests().clear();
            GapFetchReport gaps =
                    account.pipeline().fetchGaps(account.settings(), SourceListener.silent(), PipelineListener.SILENT);
            assertThat(gaps.complete()).isTrue();
            assertThat(windows(account)).as("all days, once").hasSizeLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2031-01-01", "9999-12-31"})
    void a_date_that_cannot_be_is_said_once_and_no_day_after_tomorrow_is_asked_for(String date) {
        try (Account account = new Account(folder, OPTIONS)) {
            LocalDateTime newest = LocalDate.parse(date).atStartOfDay();
            always(account, RequestKind.PUMPER, new Fault.NewestDate(newest));

            SyncReport first = sync(account);

            LocalDate tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
            assertThat(windows(account))
                    .allSatisfy(window -> assertThat(window.to().orElseThrow()).isBeforeOrEqualTo(tomorrow));
            assertThat(account.count("raw_events")).isEqualTo(pump(account).eventCount());
            assertThat(first.fetch().complete()).isTrue();
            assertThat(notices("not believed")).singleElement().asString().contains(date);
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);

            account.service.requests().clear();
            sync(account);
            assertThat(windows(account)).as("an idle sync").isEmpty();
            pump(account).advanceDays(2);
            assertThat(sync(account).fetch().complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump(account).eventCount());
            assertThat(notices("not believed")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(How.class)
    void windows_that_are_too_long_are_halved_and_the_length_that_works_is_remembered(How how) {
        try (Account account = new Account(folder, OPTIONS)) {
            always(account, RequestKind.PUMP_LOGS, new Fault.LongWindows(9, how));

            SyncReport first = sync(account);

            assertThat(first.fetch().complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump(account).eventCount());
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);
            assertThat(account.number("SELECT days FROM window_size")).isBetween(4L, 9L);

            pump(account).advanceDays(20);
            account.service.requests().clear();
            assertThat(sync(account).fetch().complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump(account).eventCount());
            assertThat(windows(account)).allSatisfy(window -> assertThat(window.from()
                            .orElseThrow()
                            .datesUntil(window.to().orElseThrow().plusDays(1))
                            .count())
                    .isLessThanOrEqualTo(9));
        }
    }

    @Test
    void a_day_that_fails_alone_is_kept_for_the_next_sync_and_the_others_are_stored() {
        try (Account account = new Account(folder, OPTIONS.withDays(10))) {
            LocalDate broken = LocalDate.of(2026, 8, 10);
            always(account, RequestKind.PUMP_LOGS, new Fault.BrokenDay(broken));

            SyncReport first = sync(account);

            assertThat(first.fetch().complete()).isFalse();
            assertThat(notices("2026-08-10")).singleElement().asString().contains("next sync");
            assertThat(account.texts("SELECT DISTINCT pump_timestamp::DATE::VARCHAR FROM raw_events"))
                    .hasSize(9)
                    .doesNotContain("2026-08-10");
            assertThat(verify(account).verdict()).isEqualTo(Verdict.INCOMPLETE);
            assertThat(status(account).verdict()).isEqualTo(Verdict.INCOMPLETE);

            account.service.faults().clear();
            account.service.requests().clear();
            assertThat(sync(account).fetch().complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump(account).eventCount());
            assertThat(windows(account)).hasSizeLessThanOrEqualTo(2);
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);
        }
    }

    @Test
    void a_request_that_is_rejected_for_a_single_day_too_ends_the_run_with_the_services_words() {
        try (Account account = new Account(folder, OPTIONS.withDays(10))) {
            always(account, RequestKind.PUMP_LOGS, new Fault.LongWindows(0, How.REJECTED));

            TandemException failure = catchThrowableOfType(TandemException.class, () -> sync(account));

            assertThat(failure.code()).isEqualTo("REQUEST_REJECTED");
            assertThat(windows(account)).hasSizeLessThan(8);
        }
    }

    @Test
    void a_pump_that_lies_in_a_drawer_is_complete_and_asked_for_its_empty_days_a_few_times_only() {
        try (Account account = new Account(folder, OPTIONS.withDays(70));
                RewrittenSource source = RewrittenSource.of(account)) {
            source.without(event -> {
                String stamp = event.get("pumpDateTime").asText();
                return stamp.compareTo("2026-06-20") > 0 && stamp.compareTo("2026-07-25") < 0;
            });

            sync(account);
            int first = source.asked().size();
            source.forgetAsked();
            sync(account);

            assertThat(first).isLessThanOrEqualTo(10);
            assertThat(source.asked().size()).isLessThanOrEqualTo(first);
        }
    }
}
