package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.Fault.LeftOut;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedEvent;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Holes in what the service sends: found, told apart, asked for again, and filled without a trace. */
@QuarkusTest
class GapFetchTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(8).withSeed(23);

    @TempDir
    static Path folder;

    private static Account undisturbed;
    private static List<String> expectedRows;
    private static int accounts;

    @BeforeAll
    static void syncUndisturbed() {
        undisturbed = new Account(folder.resolve("undisturbed"), OPTIONS);
        undisturbed.sync();
        expectedRows = undisturbed.rowsWithoutIds();
    }

    @AfterAll
    static void stopService() {
        undisturbed.close();
    }

    @AfterEach
    void endFaults() {
        undisturbed.service.faults().clear();
    }

    private static Account fresh() {
        return undisturbed.elsewhere("account" + accounts++);
    }

    private static void leaveOut(List<LeftOut.Stretch> stretches) {
        undisturbed.service.faults().every(RequestKind.PUMP_LOGS, new LeftOut(stretches), 1);
    }

    private static GapFetchReport fetchGaps(Account account) {
        return account.pipeline().fetchGaps(account.settings(), SourceListener.silent(), PipelineListener.SILENT);
    }

    /** Holes anywhere inside of the groups of all pumps; numbers before the first and after the last tell of no gap. */
    static List<LeftOut.Stretch> holes(Random random, int howMany) {
        List<LeftOut.Stretch> holes = new ArrayList<>();
        for (SimulatedPump pump : undisturbed.service.pumps()) {
            List<SimulatedEvent> events = pump.events().toList();
            Map<Integer, Long> lastNumbers = events.stream()
                    .collect(
                            Collectors.toMap(SimulatedEvent::sequenceGroup, SimulatedEvent::sequenceNumber, Math::max));
            while (!events.isEmpty() && holes(holes, pump) < howMany) {
                SimulatedEvent first = events.get(1 + random.nextInt(events.size() - 1));
                long last = first.sequenceNumber() + random.nextInt(400);
                if (last < lastNumbers.get(first.sequenceGroup())) {
                    holes.add(new LeftOut.Stretch(
                            pump.assignmentId(), first.sequenceGroup(), first.sequenceNumber(), last));
                }
            }
        }
        return holes;
    }

    private static long holes(List<LeftOut.Stretch> holes, SimulatedPump pump) {
        return holes.stream()
                .filter(hole -> hole.assignmentId().equals(pump.assignmentId()))
                .count();
    }

    static LongStream seeds() {
        return LongStream.range(0, 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holes_that_are_filled_later_end_in_the_rows_of_a_history_without_holes(long seed) {
        Account account = fresh();
        leaveOut(holes(new Random(seed), 4));
        account.sync();
        List<String> withHoles = account.rowsWithoutIds();
        assertThat(withHoles).isNotEqualTo(expectedRows);
        undisturbed.service.faults().clear();

        GapFetchReport report = fetchGaps(account);

        assertThat(report.complete()).isTrue();
        assertThat(report.inserted()).isPositive();
        assertThat(report.pumps())
                .allSatisfy(pump -> assertThat(pump.missingSequenceNumbers()).isZero());
        account.sync();
        assertThat(account.rowsWithoutIds()).isEqualTo(expectedRows);

        account.pipeline().rebuild(account.settings(), PipelineListener.SILENT);
        assertThat(account.rowsWithoutIds()).as("after a rebuild").isEqualTo(expectedRows);
    }

    @Test
    void asking_in_vain_changes_nothing_and_asks_for_windows_of_28_days_at_most() {
        Account account = fresh();
        leaveOut(holes(new Random(99), 3));
        account.sync();
        List<String> before = account.fingerprint();
        undisturbed.service.requests().clear();

        GapFetchReport first = fetchGaps(account);
        GapFetchReport second = fetchGaps(account);

        assertThat(first.inserted()).isZero();
        assertThat(first.complete()).isTrue();
        assertThat(second.pumps()).isEqualTo(first.pumps());
        assertThat(account.fingerprint()).isEqualTo(before);
        assertThat(undisturbed.service.requests().of(RequestKind.PUMP_LOGS))
                .isNotEmpty()
                .allSatisfy(request -> {
                    LocalDate from = request.from().orElseThrow();
                    assertThat(from.datesUntil(request.to().orElseThrow().plusDays(1))
                                    .count())
                            .isLessThanOrEqualTo(28);
                });
    }

    @Test
    void an_answer_without_the_events_around_a_gap_is_no_answer() {
        Account account = fresh();
        leaveOut(holes(new Random(7), 1));
        account.sync();
        undisturbed.service.faults().clear();
        undisturbed.service.faults().every(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 1);

        GapFetchReport report = fetchGaps(account);

        assertThat(report.complete()).isFalse();
        undisturbed.service.faults().clear();
        assertThat(fetchGaps(account).inserted()).isPositive();
    }

    @Test
    void an_end_of_the_log_that_has_gone_is_asked_for_too() throws IOException {
        Account account = undisturbed.copied("account" + accounts++);
        try (Database database = new DatabaseOpener().openForWriting(account.databaseFile())) {
            for (String statement : List.of(
                    "CREATE TEMP TABLE lost AS SELECT id FROM raw_events"
                            + " WHERE pump_timestamp > (SELECT max(pump_timestamp) - INTERVAL 30 HOUR FROM raw_events)",
                    "CREATE TEMP TABLE gone AS SELECT id FROM events WHERE raw_events_id IN (SELECT id FROM lost)",
                    "DELETE FROM cgm_readings WHERE events_id IN (SELECT id FROM gone)",
                    "DELETE FROM basal_deliveries WHERE events_id IN (SELECT id FROM gone)",
                    "DELETE FROM events WHERE id IN (SELECT id FROM gone)",
                    "DELETE FROM raw_events WHERE id IN (SELECT id FROM lost)")) {
                database.execute(statement);
            }
        }
        assertThat(account.sync().fetch().inserted()).isZero();

        assertThat(fetchGaps(account).inserted()).isPositive();

        account.sync();
        assertThat(account.rowsWithoutIds()).isEqualTo(expectedRows);
    }
}
