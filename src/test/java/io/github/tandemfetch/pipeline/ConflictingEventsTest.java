package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyReport.Verdict;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two assignments of one pump that number other events alike, over real HTTP. */
@QuarkusTest
class ConflictingEventsTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(4).withSeed(21).withPumpsWithHistory(1);

    @TempDir
    Path folder;

    /** Lists the pump a second time, with the same events but for a change. */
    private static void twoAssignments(RewrittenSource source, SimulatedPump pump, Consumer<ObjectNode> change) {
        String second = "second-" + pump.assignmentId();
        source.alias(second, pump.assignmentId());
        source.pumpList(answer -> {
            ObjectNode again = answer.withArray("pumps").get(0).deepCopy();
            again.put("assignmentId", second);
            String newest = LocalDateTime.parse(again.get("maxDateOfEvents").asText())
                    .plusMinutes(1)
                    .toString();
            again.put("maxDateOfEvents", newest);
            answer.withArray("pumps").add(again);
        });
        source.alteringLogs((path, answer) -> {
            if (path.contains(second)) {
                for (JsonNode event : answer.withArray("events")) {
                    change.accept((ObjectNode) event);
                }
            }
        });
    }

    @Test
    void other_events_under_the_same_numbers_are_kept_and_told_by_sync_and_by_verify() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            twoAssignments(source, pump, event -> {
                String stamp = event.get("pumpDateTime").asText();
                event.put(
                        "pumpDateTime",
                        LocalDateTime.parse(stamp).plusSeconds(1).toString());
            });

            SyncReport report = account.sync();

            long kept = account.count("conflicting_events");
            assertThat(kept).isPositive();
            assertThat(report.complete()).isFalse();
            assertThat(report.fetch().pumps().stream()
                            .mapToLong(PumpFetch::contradicting)
                            .sum())
                    .isEqualTo(kept);
            assertThat(account.count("raw_events")).isEqualTo(pump.eventCount());
            VerifyReport proof = verify(account);
            assertThat(proof.verdict()).isEqualTo(Verdict.INCOMPLETE);
            assertThat(proof.checks().stream().filter(check -> check.findings() > 0))
                    .singleElement()
                    .satisfies(check -> {
                        assertThat(check.name()).isEqualTo("contradictions");
                        assertThat(check.findings()).isEqualTo(kept);
                        assertThat(check.examples().get(0)).contains(pump.serial(), "code");
                    });
            assertThat(account.number("SELECT count(*) FROM conflicting_events later JOIN raw_events first"
                            + " USING (pump_serial, sequence_group, sequence_number)"
                            + " WHERE later.pump_timestamp <> first.pump_timestamp"))
                    .isEqualTo(kept);

            pump.advanceDays(1);
            account.sync();
            assertThat(account.count("raw_events")).isEqualTo(pump.eventCount());
        }
    }

    @Test
    void the_same_events_with_another_text_are_no_contradiction() {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            twoAssignments(source, pump, event -> event.put("somethingNew", true));

            SyncReport report = account.sync();

            assertThat(report.fetch().pumps().stream()
                            .mapToLong(PumpFetch::conflicting)
                            .sum())
                    .isPositive();
            assertThat(report.complete()).isTrue();
            assertThat(account.count("conflicting_events")).isZero();
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);
        }
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, new VerifyListener() {});
    }
}
