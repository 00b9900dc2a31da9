package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.simulator.Fault;
import io.github.tandemfetch.simulator.RequestKind;
import io.github.tandemfetch.simulator.SimulatedPump;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.source.SourceListener;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The pipeline in a process that stays: what a run finds, and when the database is open. */
@QuarkusTest
class RepeatedSyncTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(6).withSeed(21);

    @TempDir
    static Path shared;

    /** Never synced itself; for tests that leave its service as it is. */
    private static Account served;

    private static int accounts;

    @TempDir
    Path folder;

    @BeforeAll
    static void startService() {
        served = new Account(shared.resolve("served"), OPTIONS);
    }

    @AfterAll
    static void stopService() {
        served.close();
    }

    @AfterEach
    void endFaults() {
        served.service.faults().clear();
    }

    private static Account fresh() {
        return served.elsewhere("account" + accounts++);
    }

    private static SyncPass run(RepeatedSync sync) {
        return sync.sync(SourceListener.silent(), PipelineListener.SILENT);
    }

    private static RepeatedSync repeated(Account account) {
        return account.pipeline().repeated(account.settings(), WritingTurn.AT_ONCE);
    }

    @Test
    void where_nothing_is_new_the_database_is_not_opened() {
        Account account = fresh();
        RepeatedSync sync = repeated(account);
        SyncPass first = run(sync);
        account.service.requests().clear();

        try (Database held = new DatabaseOpener().openForReading(account.databaseFile())) {
            SyncPass second = run(sync);
            assertThat(second.databaseOpened()).isFalse();
            assertThat(second.newEvents()).isZero();
            assertThat(second.newestEvent()).isEqualTo(first.newestEvent());
            assertThat(held.file()).exists();
        }
        assertThat(account.service.requests().all()).hasSize(1);
    }

    @Test
    void what_is_uploaded_later_is_found_and_told() {
        try (Account account = new Account(folder, OPTIONS)) {
            RepeatedSync sync = repeated(account);
            SyncPass first = run(sync);
            long before = account.count("events");
            account.service.pumps().stream()
                    .filter(pump -> !pump.isRetired() && pump.eventCount() > 0)
                    .forEach(pump -> pump.advanceDays(1));

            SyncPass second = run(sync);

            assertThat(second.newEvents()).isPositive().isEqualTo(account.count("events") - before);
            assertThat(account.count("events"))
                    .isEqualTo(account.service.pumps().stream()
                            .mapToLong(SimulatedPump::eventCount)
                            .sum());
            assertThat(second.newestEvent().get()).isAfter(first.newestEvent().get());
        }
    }

    @Test
    void a_file_that_somebody_else_changed_or_removed_is_looked_at_again() throws IOException {
        Account account = fresh();
        RepeatedSync sync = repeated(account);
        run(sync);
        try (Database database = new DatabaseOpener().openForWriting(account.databaseFile())) {
            database.execute("DELETE FROM cgm_readings");
        }
        assertThat(run(sync).databaseOpened()).isTrue();
        assertThat(run(sync).databaseOpened()).isFalse();

        List<String> expected = account.fingerprint();
        Files.delete(account.databaseFile());
        assertThat(run(sync).newEvents()).isPositive();
        assertThat(account.fingerprint().get(0)).isEqualTo(expected.get(0));
    }

    @Test
    void the_database_is_closed_while_the_service_is_waited_for() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "NOT TESTED: needs Linux");
        try (Account account = new Account(folder, OPTIONS.withDays(115).withPumpsWithHistory(1))) {
            account.service.faults().every(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ofMillis(150)), 1);
            AtomicInteger looks = new AtomicInteger();
            AtomicInteger open = new AtomicInteger();
            Thread watcher = new Thread(() -> {
                try {
                    while (!Thread.interrupted()) {
                        looks.incrementAndGet();
                        open.addAndGet(isOpen(account.databaseFile()) ? 1 : 0);
                        TimeUnit.MILLISECONDS.sleep(5);
                    }
                } catch (InterruptedException end) {
                    return;
                }
            });
            long begun = System.nanoTime();
            watcher.start();
            run(repeated(account));
            watcher.interrupt();
            double waited = account.service.requests().count(RequestKind.PUMP_LOGS) * 0.15;
            double seconds = (System.nanoTime() - begun) / 1e9;
            double openFor = seconds * open.get() / looks.get();

            assertThat(openFor)
                    .as("%s of %s seconds, %s of them the service's", openFor, seconds, waited)
                    .isLessThan(seconds - 0.9 * waited);
        }
    }

    private static boolean isOpen(Path file) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.anyMatch(descriptor -> {
                try {
                    return Files.readSymbolicLink(descriptor).equals(file);
                } catch (IOException gone) {
                    return false;
                }
            });
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_database_that_is_removed_between_two_turns_of_a_run_ends_the_run_and_the_next_fetches_everything()
            throws IOException {
        Account account = fresh();
        AtomicInteger turns = new AtomicInteger();
        RepeatedSync sync = account.pipeline().repeated(account.settings(), new WritingTurn() {
            @Override
            public <T> T write(Supplier<T> work) {
                if (turns.incrementAndGet() == 2) {
                    remove(account.databaseFile());
                }
                return work.get();
            }
        });

        assertThatThrownBy(() -> run(sync))
                .isInstanceOf(TandemException.class)
                .hasMessageContaining("removed or renamed");
        assertThat(account.databaseFile()).doesNotExist();

        assertThat(run(sync).complete()).isTrue();
        assertThat(account.count("events"))
                .isEqualTo(account.service.pumps().stream()
                        .mapToLong(SimulatedPump::eventCount)
                        .sum());
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_incomplete_answer_is_not_remembered_as_all_there_is() {
        Account account = fresh();
        RepeatedSync sync = repeated(account);
        account.service.faults().every(RequestKind.PUMP_LOGS, new Fault.EmptyEvents(), 1);
        assertThat(run(sync).complete()).isFalse();

        account.service.faults().clear();
        SyncPass second = run(sync);

        assertThat(second.complete()).isTrue();
        assertThat(second.newEvents()).isPositive();
    }

    @Test
    void a_long_history_in_pieces_gives_the_same_rows_as_in_one_also_after_failures() {
        try (Account whole =
                new Account(folder.resolve("whole"), OPTIONS.withDays(30).withLastDay(LocalDate.of(2026, 8, 1)))) {
            // Two windows of the retired pump, and five of the other: one more than are stored at once.
            whole.service.pumps().stream()
                    .filter(pump -> !pump.isRetired() && pump.eventCount() > 0)
                    .forEach(pump -> pump.advanceDays(82));
            whole.sync();
            List<String> expected = whole.fingerprint();

            Account pieces = whole.elsewhere("pieces");
            SyncPass pass = run(repeated(pieces));
            assertThat(pieces.fingerprint()).isEqualTo(expected);
            assertThat(pass.newEvents()).isEqualTo(whole.count("events"));
            assertThat(pass.complete()).isTrue();

            Account failing = whole.elsewhere("failing");
            RepeatedSync sync = repeated(failing);
            // Before anything of the second pump, within its first piece, and after it.
            for (int windows : new int[] {1, 4, 4}) {
                whole.service.faults().next(RequestKind.PUMP_LOGS, new Fault.Delay(Duration.ZERO), windows);
                whole.service.faults().every(RequestKind.PUMP_LOGS, new Fault.Status(404, OptionalInt.empty()), 1);
                assertThatThrownBy(() -> run(sync)).isInstanceOf(TandemException.class);
                whole.service.faults().clear();
            }
            run(sync);
            assertThat(failing.fingerprint()).isEqualTo(expected);
        }
    }

    @Test
    void a_pump_that_vanishes_from_the_list_keeps_its_rows_and_the_others_go_on() {
        List<String> retired;
        try (Account before = new Account(folder, OPTIONS)) {
            before.sync();
            retired = pumps(before);
            assertThat(retired).hasSize(2);
        }
        try (Account after = new Account(folder, OPTIONS.withPumpsWithHistory(1))) {
            long events = after.count("events");
            after.service.pumps().stream().filter(pump -> pump.eventCount() > 0).forEach(pump -> pump.advanceDays(1));

            SyncReport report = after.sync();

            assertThat(report.fetch().complete()).isTrue();
            assertThat(report.fetch().inserted()).isPositive();
            assertThat(after.count("events")).isEqualTo(events + report.fetch().inserted());
            assertThat(pumps(after)).isEqualTo(retired);
        }
    }

    @Test
    void a_pump_that_replaces_another_is_stored_beside_it() {
        try (Account before = new Account(folder, OPTIONS.withPumpsWithHistory(1))) {
            before.sync();
        }
        try (Account after =
                new Account(folder, OPTIONS.withPumpsWithHistory(1).withSeed(22).withDays(5))) {
            RepeatedSync sync = repeated(after);
            assertThat(run(sync).complete()).isTrue();
            assertThat(pumps(after)).hasSize(2);
            assertThat(run(sync).databaseOpened()).isFalse();
        }
    }

    private static List<String> pumps(Account account) {
        return account.texts("SELECT pump_serial FROM events GROUP BY ALL ORDER BY ALL");
    }

    @Test
    void an_account_without_any_history_is_complete_and_empty() {
        try (Account account = new Account(folder, OPTIONS.withPumpsWithHistory(0))) {
            SyncPass pass = run(repeated(account));

            assertThat(pass.complete()).isTrue();
            assertThat(pass.newEvents()).isZero();
            assertThat(pass.newestEvent()).isEmpty();
        }
    }

    /** A disk that grows by little whenever it is full, so that it is full in every stage. */
    @Test
    void a_disk_that_is_full_at_any_moment_costs_nothing_once_there_is_room() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small disk"));
        assumeTrue(
                mount("-t", "tmpfs", "-o", "size=1m", "none", small.toString()),
                "NOT TESTED: a full disk needs the right to mount a small one");
        try {
            Account undisturbed = fresh();
            undisturbed.sync();
            Account account = fresh().with("TANDEM_DB", small.resolve("t.db") + "");
            RepeatedSync sync = repeated(account);
            int failures = 0;
            for (int size = 1_000; ; size += 1_200) {
                assertThat(mount("-o", "remount,size=" + size + "k", small.toString()))
                        .isTrue();
                try {
                    run(sync);
                    break;
                } catch (TandemException full) {
                    failures++;
                    assertThat(full.code()).as("with %d kB: %s", size, full).isEqualTo("DISK_FULL");
                }
            }
            assertThat(failures).isGreaterThan(2);
            Files.move(small.resolve("t.db"), account.databaseFile());
            // Where there was no room to write the file as a whole, the last rows are in the journal.
            Path journal = small.resolve("t.db.wal");
            if (Files.exists(journal)) {
                Files.move(journal, account.databaseFile().resolveSibling("tandem.db.wal"));
            }
            assertThat(account.fingerprint()).isEqualTo(undisturbed.fingerprint());
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    private static boolean mount(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                Stream.concat(Stream.of("mount"), Stream.of(arguments)).toList();
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
