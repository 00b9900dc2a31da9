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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Neighboring events with stamps of another month, over real HTTP. */
@QuarkusTest
class StrayEventsTest {
    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults()
            .withDays(5)
            .withSeed(31)
            .withPumpsWithHistory(1)
            .withPlainClock(true);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} days")
    @ValueSource(longs = {45, -45})
    void stray_stamps_move_no_other_event_and_are_told_once(long days) {
        try (Account account = new Account(folder, OPTIONS);
                RewrittenSource source = RewrittenSource.of(account)) {
            SimulatedPump pump = account.service.pumps().get(0);
            Account undisturbed = account.elsewhere("undisturbed").with("TANDEM_SOURCE_URL", source.url());
            undisturbed.sync();
            long middle = undisturbed.number(
                    "SELECT arg_min(sequence_number, id) FROM raw_events WHERE id > " + pump.eventCount() * 2 / 3);
            String strays = "sequence_number BETWEEN " + middle + " AND " + (middle + 2);
            source.pumpLogs(answer -> {
                for (JsonNode event : answer.withArray("events")) {
                    long number = event.get("sequenceNumber").asLong();
                    if (number >= middle && number <= middle + 2) {
                        ((ObjectNode) event)
                                .put(
                                        "pumpDateTime",
                                        LocalDateTime.parse(event.get("pumpDateTime")
                                                        .asText())
                                                .plusDays(days)
                                                .toString());
                    }
                }
            });
            List<String> notices = new ArrayList<>();
            PipelineListener listener = new PipelineListener() {
                @Override
                public void notice(String text) {
                    notices.add(text);
                }
            };

            account.sync(listener);

            String others = "SELECT sequence_group || '/' || sequence_number || ' ' || timestamp || ' ' || time_basis"
                    + " FROM events WHERE NOT (" + strays + ") ORDER BY id";
            assertThat(account.texts(others)).isEqualTo(undisturbed.texts(others));
            assertThat(account.texts("SELECT DISTINCT time_basis FROM events WHERE " + strays))
                    .contains("interpolated");
            assertThat(account.number("SELECT count(*) FROM events WHERE timestamp NOT BETWEEN"
                            + " (SELECT min(timestamp) FROM events WHERE NOT (" + strays + ")) AND"
                            + " (SELECT max(timestamp) FROM events WHERE NOT (" + strays + "))"))
                    .isZero();
            assertThat(notices)
                    .filteredOn(text -> text.contains("cannot be right"))
                    .hasSize(1);
            assertThat(verify(account).verdict()).isEqualTo(Verdict.COMPLETE);

            notices.clear();
            pump.advanceDays(1);
            account.sync(listener);
            assertThat(notices).noneMatch(text -> text.contains("cannot be right"));
        }
    }

    private static VerifyReport verify(Account account) {
        return new VerifyService(new DatabaseOpener(), Clock.systemUTC())
                .verify(account.databaseFile(), 5, new VerifyListener() {});
    }
}
