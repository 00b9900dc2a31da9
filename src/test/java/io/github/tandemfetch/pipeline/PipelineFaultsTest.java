package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatorFaults;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Whatever the service does, no event is lost and none is stored twice. */
@QuarkusTest
class PipelineFaultsTest {
    /** Long enough for a second window of each pump. */
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(30).withSeed(11);

    @TempDir
    static Path folder;

    private static Account undisturbed;
    private static List<String> expected;
    private static List<String> expectedRows;

    /** For faults that strike before the first window is stored, and do not depend on what follows it. */
    private static Account undisturbedDays;

    private static List<String> expectedRowsOfDays;
    private static int accounts;

    @BeforeAll
    static void syncUndisturbed() {
        undisturbed = new Account(folder.resolve("undisturbed"), OPTIONS);
        undisturbed.sync();
        expected = undisturbed.fingerprint();
        expectedRows = undisturbed.rowsWithoutIds();
        undisturbedDays = new Account(folder.resolve("days"), OPTIONS.withDays(4));
        undisturbedDays.sync();
        expectedRowsOfDays = undisturbedDays.rowsWithoutIds();
    }

    @AfterAll
    static void stopService() {
        undisturbed.close();
        undisturbedDays.close();
    }

    @AfterEach
    void endFaults() {
        undisturbed.service.faults().clear();
        undisturbedDays.service.faults().clear();
    }

    private static Account fresh() {
        return undisturbed.elsewhere("account" + accounts++);
    }

    private static Account freshOfDays() {
        return undisturbedDays.elsewhere("account" + accounts++);
    }

    static Stream<Arguments> faultsThatPass() {
        return Stream.of(
                fault("a 503 now and then", faults -> faults.failEvery(RequestKind.PUMP_LOGS, 503, 2)),
                fault(
                        "a connection lost in the middle",
                        faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.DroppedConnection(200_000), 3)),
                fault(
                        "a body cut short that HTTP takes for whole",
                        faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.CutBody(100_001), 3)),
                fault(
                        "every connection lost after some days",
                        faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.DroppedConnection(3_000_000), 1)),
                fault(
                        "every body cut short after some days",
                        faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.CutBody(3_000_000), 1)),
                fault("compressed", faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.Compressed(), 1)),
                fault("compressed and lost after some days", faults -> {
                    faults.every(RequestKind.PUMP_LOGS, new Fault.Compressed(), 1);
                    faults.every(RequestKind.PUMP_LOGS, new Fault.DroppedConnection(400_000), 1);
                }),
                fault("events out of order", faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.OutOfOrder(), 1)),
                fault("events repeated", faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.Repeated(3), 1)),
                fault(
                        "slow answers",
                        faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofMillis(50)), 2)),
                fault("a window that is empty once", faults -> {
                    faults.next(RequestKind.PUMP_LOGS, new Fault.Status(503, OptionalInt.empty()), 1);
                    faults.next(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 1);
                }),
                fault(
                        "every second window empty",
                        faults -> faults.every(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 2)));
    }

    private static Arguments fault(String name, Consumer<SimulatorFaults> fault) {
        return Arguments.of(name, fault);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsThatPass")
    void a_fault_that_passes_leaves_the_same_rows_as_none(String name, Consumer<SimulatorFaults> fault) {
        passes(fault, fresh(), expectedRows);
    }

    private static void passes(Consumer<SimulatorFaults> fault, Account account, List<String> rows) {
        fault.accept(account.service.faults());

        SyncReport report = account.sync();

        account.service.faults().clear();
        if (!report.fetch().complete()) {
            account.sync();
        }
        assertThat(account.rowsWithoutIds()).isEqualTo(rows);
    }

    static Stream<Arguments> faultsThatPassBeforeTheFirstWindow() {
        return Stream.of(
                fault("a 502 on the account", faults -> faults.failNext(RequestKind.PUMPER, 502, 2)),
                fault("a 500 in the login", faults -> faults.failNext(RequestKind.TOKEN, 500, 1)),
                fault("too many requests", faults -> faults.failNext(RequestKind.PUMP_LOGS, 429, 1, 1)),
                fault(
                        "a length that promises too much",
                        faults -> faults.next(RequestKind.PUMP_LOGS, new Fault.LyingLength(50_000), 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsThatPassBeforeTheFirstWindow")
    void a_fault_that_passes_before_the_first_window_leaves_the_same_rows_as_none(
            String name, Consumer<SimulatorFaults> fault) {
        passes(fault, freshOfDays(), expectedRowsOfDays);
    }

    @Test
    void a_token_that_expires_in_the_middle_is_renewed_once() {
        Account account = fresh();
        int loginsBefore = undisturbed.service.requests().count(RequestKind.LOGIN);

        account.sync(new PipelineListener() {
            private boolean expired;

            @Override
            public void windowStored(
                    String pumpSerial, FetchWindow window, io.github.tandemfetch.history.RawEventTable.Merge merge) {
                if (!expired) {
                    undisturbed.service.faults().expireTokens();
                    expired = true;
                }
            }
        });

        assertThat(undisturbed.service.requests().count(RequestKind.LOGIN) - loginsBefore)
                .isEqualTo(2);
        assertThat(account.fingerprint()).isEqualTo(expected);
    }

    @Test
    void a_service_that_stays_down_ends_the_run_and_the_next_one_goes_on() {
        Account account = fresh();
        undisturbed.service.faults().next(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ZERO), 2);
        undisturbed.service.faults().every(RequestKind.PUMP_LOGS, new Fault.Status(503, OptionalInt.empty()), 1);

        TandemException failure = catchThrowableOfType(TandemException.class, account::sync);

        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.SERVICE_FAILURE);
        undisturbed.service.faults().clear();
        account.sync();
        assertThat(account.fingerprint()).isEqualTo(expected);
    }

    static Stream<Arguments> answersThatDoNotFit() {
        return Stream.of(
                fault("HTML in the place of events", f -> f.next(RequestKind.PUMP_LOGS, new Fault.Html(), 1)),
                fault("HTML in the place of the account", f -> f.next(RequestKind.PUMPER, new Fault.Html(), 1)),
                fault("other types of events", f -> f.every(RequestKind.PUMP_LOGS, new Fault.ChangedTypes(), 1)),
                fault("other types of the account", f -> f.next(RequestKind.PUMPER, new Fault.ChangedTypes(), 1)),
                fault("a 400, whatever the window", f -> f.failNext(RequestKind.PUMP_LOGS, 400, 99)),
                fault("a 403", f -> f.failNext(RequestKind.PUMP_LOGS, 403, 1)),
                fault("a 404", f -> f.failNext(RequestKind.PUMP_LOGS, 404, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answersThatDoNotFit")
    void an_answer_that_does_not_fit_is_a_clear_error_and_costs_nothing(String name, Consumer<SimulatorFaults> fault) {
        Account account = freshOfDays();
        fault.accept(undisturbedDays.service.faults());

        TandemException failure = catchThrowableOfType(TandemException.class, account::sync);

        assertThat(failure).as("a failure for " + name).isNotNull();
        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.SERVICE_FAILURE);
        assertThat(failure.remedy()).isNotBlank();
        undisturbedDays.service.faults().clear();
        account.sync();
        // The other pump was stored first.
        assertThat(account.rowsWithoutIds()).isEqualTo(expectedRowsOfDays);
    }

    @Test
    void a_pump_without_a_proper_answer_does_not_keep_the_others_away() {
        Account account = fresh();
        undisturbed.service.faults().next(RequestKind.PUMP_LOGS, new Fault.Html(), 1);

        TandemException failure = catchThrowableOfType(TandemException.class, account::sync);

        assertThat(failure.exitStatus()).isEqualTo(ExitStatus.SERVICE_FAILURE);
        List<String> fetched = account.texts("SELECT DISTINCT pump_serial FROM events");
        assertThat(fetched).hasSize(1);
        String ofTheOther = "SELECT count(*) FROM %s WHERE pump_serial = '" + fetched.get(0) + "'";
        for (String table : List.of("raw_events", "cgm_readings", "basal_deliveries")) {
            assertThat(account.texts(ofTheOther.formatted(table)))
                    .as(table)
                    .isEqualTo(undisturbed.texts(ofTheOther.formatted(table)));
        }
        undisturbed.service.faults().clear();
        account.sync();
        assertThat(account.rowsWithoutIds()).isEqualTo(expectedRows);
    }

    @Test
    void a_service_without_any_event_is_not_taken_for_a_complete_fetch() {
        Account account = fresh();
        undisturbed.service.faults().every(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 1);

        SyncReport report = account.sync();

        assertThat(report.fetch().complete()).isFalse();
        undisturbed.service.faults().clear();
        assertThat(account.sync().fetch().complete()).isTrue();
        assertThat(account.rowsWithoutIds()).isEqualTo(expectedRows);
    }

    @Test
    void a_refused_password_is_sent_once() {
        Account account = fresh().with("TANDEM_PASSWORD", "wrong");
        int before = undisturbed.service.requests().count(RequestKind.LOGIN);

        assertThatThrownBy(account::sync).isInstanceOf(TandemException.class);
        assertThatThrownBy(account::sync).isInstanceOf(TandemException.class);

        assertThat(undisturbed.service.requests().count(RequestKind.LOGIN) - before)
                .isEqualTo(1);
    }

    static LongStream seeds() {
        return LongStream.range(0, 4);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void any_mixture_of_faults_ends_in_the_same_rows_once_they_are_over(long seed) {
        Random random = new Random(seed);
        Account account = fresh();
        List<Fault> faults = List.of(
                new Fault.Status(503, OptionalInt.empty()),
                new Fault.Status(500, OptionalInt.empty()),
                new Fault.DroppedConnection(1 + random.nextInt(900_000)),
                new Fault.CutBody(1 + random.nextInt(900_000)),
                new Fault.LyingLength(1 + random.nextInt(900_000)),
                new Fault.OutOfOrder(),
                new Fault.Repeated(1 + random.nextInt(9)),
                new Fault.EmptyEvents(),
                new Fault.Html());
        for (int i = 0; i < 4; i++) {
            undisturbed
                    .service
                    .faults()
                    .every(RequestKind.PUMP_LOGS, faults.get(random.nextInt(faults.size())), 2 + random.nextInt(4));
        }

        for (int run = 0; run < 4; run++) {
            try {
                account.sync();
            } catch (TandemException passing) {
                assertThat(passing.exitStatus()).isEqualTo(ExitStatus.SERVICE_FAILURE);
            }
        }
        undisturbed.service.faults().clear();
        account.sync();

        assertThat(account.rowsWithoutIds()).isEqualTo(expectedRows);
    }
}
