package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.source.UnexpectedAnswerException;
import io.github.tandemfetch.status.DatabaseStatus;
import io.github.tandemfetch.status.StatusService;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyReport;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lists of pumps that leave something out, over real HTTP. */
@QuarkusTest
class PumpListTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(4).withSeed(11).withPumpsWithHistory(2);

    @TempDir
    Path folder;

    private final List<String> notices = new ArrayList<>();
    private final PipelineListener listener = new PipelineListener() {
        @Override
        public void notice(String text) {
            notices.add(text);
        }
    };

    private static long served(Account account) {
        return account.service.pumps().stream()
                .mapToLong(SimulatedPump::eventCount)
                .sum();
    }

    private static List<String> serials(Account account) {
        return account.texts("SELECT DISTINCT pump_serial FROM raw_events ORDER BY 1");
    }

    @Test
    void a_serial_number_that_is_missing_in_one_answer_doubles_nothing() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            account.sync();
            List<String> before = account.fingerprint();
            List<String> serials = serials(account);
            account.service.pumps().get(0).advanceDays(1);
            source.pumps(pump -> pump.remove("serialNumber"));

            SyncReport report = account.sync(listener);

            assertThat(report.fetch().inserted()).isPositive();
            assertThat(account.count("raw_events")).isEqualTo(served(account));
            assertThat(account.fingerprint()).isNotEqualTo(before);
            assertThat(serials(account)).isEqualTo(serials);
            assertThat(notices)
                    .filteredOn(text -> text.contains("does not say its serial number"))
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains(serials.get(0));
        }
    }

    @Test
    void a_serial_number_that_is_said_only_later_doubles_nothing_either() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            source.pumps(pump -> pump.remove("serialNumber"));
            account.sync(listener);
            assertThat(notices)
                    .filteredOn(text -> text.contains("stored under its assignment"))
                    .hasSize(2);
            List<String> before = account.fingerprint();

            source.pumps(pump -> {});
            account.sync(listener);

            assertThat(account.fingerprint()).isEqualTo(before);
            assertThat(account.count("raw_events")).isEqualTo(served(account));
        }
    }

    @Test
    void a_pump_that_leaves_the_list_is_mentioned_once_and_stays_stored() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            account.sync();
            SimulatedPump gone = account.service.pumps().get(0);
            RepeatedSync watch = account.pipeline().repeated(account.settings(), WritingTurn.AT_ONCE);
            source.pumpList(answer -> ((ArrayNode) answer.get("pumps")).remove(0));

            watch.sync(SourceListener.silent(), listener);
            assertThat(notices).singleElement().asString().contains(gone.serial(), "not on the account any more");
            watch.sync(SourceListener.silent(), listener);
            account.sync(listener);

            assertThat(notices).hasSize(1);
            assertThat(account.count("raw_events")).isEqualTo(served(account));
            assertThat(status(account).pumps())
                    .filteredOn(pump -> pump.unlistedSince() != null)
                    .extracting(DatabaseStatus.PumpStatus::pumpSerial)
                    .containsExactly(gone.serial());
            assertThat(status(account).verdict()).isEqualTo(VerifyReport.Verdict.COMPLETE);

            source.pumpList(answer -> {});
            account.sync(listener);
            assertThat(status(account).pumps()).allMatch(pump -> pump.unlistedSince() == null);
        }
    }

    @Test
    void a_pump_that_cannot_be_fetched_makes_the_sync_incomplete_and_keeps_no_other_away() {
        try (Account account = new Account(folder, OPTIONS)) {
            SimulatedPump unusable = account.service.pumps().get(0);
            account.sync();
            account.service.faults().every(RequestKind.PUMPER, new Fault.NumericAssignment(), 1);
            account.service.pumps().forEach(pump -> {
                if (pump.eventCount() > 0) {
                    pump.advanceDays(1);
                }
            });

            SyncReport report = account.sync(listener);

            assertThat(report.complete()).isFalse();
            assertThat(report.fetch().pumps())
                    .filteredOn(pump -> pump.state() == PumpFetch.State.NOT_FETCHED)
                    .extracting(PumpFetch::pumpSerial)
                    .containsExactly(unusable.serial());
            assertThat(report.fetch().inserted()).isPositive();
            assertThat(notices).noneMatch(text -> text.contains("not on the account any more"));

            account.service.faults().clear();
            assertThat(account.sync(listener).complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(served(account));
        }
    }

    @Test
    void a_pump_without_events_that_cannot_be_fetched_is_no_loss() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            source.pumpList(answer -> answer.withArray("pumps").addObject().put("serialNumber", "99"));

            assertThat(account.sync(listener).complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(served(account));
        }
    }

    @Test
    void a_pump_that_is_chosen_and_cannot_be_fetched_is_a_failure_of_the_service() {
        try (Account account = new Account(folder, OPTIONS)) {
            account.service.faults().every(RequestKind.PUMPER, new Fault.NumericAssignment(), 1);
            String serial = account.service.pumps().get(0).serial();
            assertThatThrownBy(() -> account.with("TANDEM_PUMP_SERIAL", serial).sync())
                    .isInstanceOf(UnexpectedAnswerException.class)
                    .hasMessageContaining(serial);
            String other = account.service.pumps().get(1).serial();
            assertThat(account.with("TANDEM_PUMP_SERIAL", other).sync().complete())
                    .isTrue();
        }
    }

    @Test
    void a_pump_that_cannot_be_fetched_has_watch_open_the_database_no_more_often() {
        try (Account account = new Account(folder, OPTIONS)) {
            account.service.faults().every(RequestKind.PUMPER, new Fault.NumericAssignment(), 1);
            RepeatedSync watch = account.pipeline().repeated(account.settings(), WritingTurn.AT_ONCE);

            SyncPass first = watch.sync(SourceListener.silent(), listener);
            SyncPass second = watch.sync(SourceListener.silent(), listener);

            assertThat(first.complete()).isFalse();
            assertThat(first.newEvents()).isPositive();
            assertThat(second.complete()).isFalse();
            assertThat(second.databaseOpened()).isFalse();
        }
    }

    @Test
    void watching_an_account_without_a_pump_says_so() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            source.pumpList(answer -> answer.withArray("pumps").removeAll());

            account.pipeline()
                    .repeated(account.settings(), WritingTurn.AT_ONCE)
                    .sync(SourceListener.silent(), listener);

            assertThat(notices).contains("No pumps on this account.");
        }
    }

    @Test
    void a_pump_whose_gaps_cannot_be_asked_for_does_not_keep_the_events_of_the_others_away() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            source.without(event -> event.get("sequenceNumber").asLong() % 500 == 7);
            account.sync();
            assertThat(account.count("raw_events")).isLessThan(served(account));
            String failing = account.service.pumps().get(0).assignmentId();
            source.pumpLogs(answer -> {});
            source.failing(path -> path.contains(failing));

            assertThatThrownBy(
                            () -> account.pipeline().fetchGaps(account.settings(), SourceListener.silent(), listener))
                    .isInstanceOf(UnexpectedAnswerException.class);

            SimulatedPump other = account.service.pumps().get(1);
            assertThat(account.number("SELECT count(*) FROM raw_events WHERE pump_serial = '" + other.serial() + "'"))
                    .isEqualTo(other.eventCount());
            source.failing(path -> false);
            account.pipeline().fetchGaps(account.settings(), SourceListener.silent(), listener);
            assertThat(account.count("raw_events")).isEqualTo(served(account));
        }
    }

    private static DatabaseStatus status(Account account) {
        return new StatusService(new DatabaseOpener()).of(account.databaseFile(), Optional.empty());
    }
}
