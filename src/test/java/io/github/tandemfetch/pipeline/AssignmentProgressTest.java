package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** History that appears later than newer history did, and pumps with two assignments, over real HTTP. */
@QuarkusTest
class AssignmentProgressTest {
    /** So that what is announced later takes two windows. */
    private static final int LATER_DAYS = 30;

    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withDays(LATER_DAYS + 8)
            .withSeed(3)
            .withPumpsWithHistory(1)
            .withPlainClock(true);

    @TempDir
    Path folder;

    private volatile boolean earlierIsThere;
    private volatile boolean earlierIsListed;

    @BeforeEach
    void nothingEarlier() {
        earlierIsThere = false;
        earlierIsListed = false;
    }

    private static String stamp(SimulatedPump pump, long daysAfterStart) {
        return pump.availableDataRange()
                .orElseThrow()
                .start()
                .plusDays(daysAfterStart)
                .toString();
    }

    /** A service that has, and lists, the first days of the pump only when it is told to. */
    private void hideEarlier(RewrittenSource source, SimulatedPump pump) {
        String from = stamp(pump, LATER_DAYS);
        source.pumps(listed -> {
            if (!earlierIsListed && listed.get("assignmentId").asText().equals(pump.assignmentId())) {
                ((ObjectNode) listed.get("availableDataRange")).put("start", from);
            }
        });
        source.without(
                event -> !earlierIsThere && event.get("pumpDateTime").asText().compareTo(from) < 0);
    }

    @Test
    void history_that_is_announced_later_with_an_earlier_first_day_is_fetched_once() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            hideEarlier(source, pump);
            assertThat(account.sync().complete()).isTrue();
            assertThat(account.count("raw_events")).isLessThan(pump.eventCount());

            earlierIsThere = true;
            earlierIsListed = true;
            SyncReport second = account.sync();

            assertThat(second.complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump.eventCount());
            source.forgetAsked();
            assertThat(account.sync().fetch().pumps().get(0).state()).isEqualTo(PumpFetch.State.UP_TO_DATE);
            assertThat(source.asked()).isEmpty();
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);

            Account undisturbed = account.elsewhere("undisturbed").with("TANDEM_SOURCE_URL", source.url());
            undisturbed.sync();
            assertThat(account.rowsWithoutIds()).isEqualTo(undisturbed.rowsWithoutIds());
        }
    }

    @Test
    void watching_fetches_history_that_is_announced_later() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            hideEarlier(source, pump);
            RepeatedSync sync = account.pipeline().repeated(account.settings(), WritingTurn.AT_ONCE);
            sync.sync(SourceListener.silent(), PipelineListener.SILENT);

            earlierIsThere = true;
            earlierIsListed = true;
            SyncPass pass = sync.sync(SourceListener.silent(), PipelineListener.SILENT);

            assertThat(pass.complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump.eventCount());
        }
    }

    @Test
    void earlier_history_that_is_listed_before_it_is_sent_is_asked_for_again() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            hideEarlier(source, pump);
            account.sync();

            earlierIsListed = true;
            assertThat(account.sync().complete()).isFalse();
            assertThat(verify(account).verdict()).isEqualTo(Verdict.INCOMPLETE);

            earlierIsThere = true;
            assertThat(account.sync().complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump.eventCount());
        }
    }

    @Test
    void an_older_assignment_that_is_incomplete_is_not_taken_for_fetched_because_the_newer_is_complete() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            SimulatedPump unused = account.service.pumps().get(1);
            LocalDateTime middle = LocalDateTime.parse(stamp(pump, LATER_DAYS));
            // The pump's own assignment has its first days, and another one, which is the newer, has the rest.
            source.pumpList(answer -> {
                ArrayNode pumps = answer.withArray("pumps");
                ObjectNode newer = (ObjectNode) pumps.get(0);
                ObjectNode older = newer.deepCopy();
                older.put("maxDateOfEvents", middle.toString());
                ((ObjectNode) older.get("availableDataRange")).put("end", middle.toString());
                ((ObjectNode) newer.get("availableDataRange")).put("start", middle.toString());
                older.put("assignmentId", "older-" + pump.assignmentId());
                pumps.add(older);
            });
            assertThat(unused.eventCount()).isZero();
            source.alias("older-" + pump.assignmentId(), pump.assignmentId());
            LocalDate lost = middle.toLocalDate().minusDays(20);
            source.alteringLogs((path, answer) -> {
                boolean ofOlder = path.contains("older-");
                RewrittenSource.keepOnly(answer, event -> {
                    LocalDateTime at =
                            LocalDateTime.parse(event.get("pumpDateTime").asText());
                    return ofOlder
                            ? !at.isAfter(middle)
                                    && (earlierIsThere || at.toLocalDate().isBefore(lost))
                            : at.isAfter(middle);
                });
            });

            SyncReport first = account.sync();
            assertThat(first.complete()).isFalse();
            assertThat(first.fetch().pumps())
                    .extracting(PumpFetch::state)
                    .contains(PumpFetch.State.INCOMPLETE, PumpFetch.State.COMPLETE);

            earlierIsThere = true;
            assertThat(account.sync().complete()).isTrue();
            assertThat(account.count("raw_events")).isEqualTo(pump.eventCount());
            source.forgetAsked();
            account.sync();
            assertThat(source.asked()).isEmpty();
        }
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, new VerifyListener() {});
    }
}
