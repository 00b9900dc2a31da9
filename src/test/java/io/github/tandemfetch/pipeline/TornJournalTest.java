package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.history.RawEventTable.Merge;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.verify.VerifyListener;
import io.github.tandemfetch.verify.VerifyReport;
import io.github.tandemfetch.verify.VerifyService;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A power cut leaves a part of the engine's journal; the next run makes up for what is gone. */
@QuarkusTest
class TornJournalTest {
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(4).withSeed(31);

    @TempDir
    static Path folder;

    private static Account undisturbed;
    private static final List<Path> SNAPSHOTS = new ArrayList<>();
    private static int accounts;

    @BeforeAll
    static void sync() {
        undisturbed = new Account(folder.resolve("undisturbed"), OPTIONS);
        undisturbed.sync(new Snapshots());
    }

    @AfterAll
    static void stopService() {
        undisturbed.close();
    }

    /** Copies the files as they lie on the disk after some steps. */
    private static final class Snapshots implements PipelineListener {
        @Override
        public void windowStored(String pumpSerial, FetchWindow window, Merge merge) {
            take();
        }

        @Override
        public void parsed(long done, long total) {
            take();
        }

        @Override
        public void extracted(String table, long done, long total) {
            take();
        }

        private static void take() {
            Path file = undisturbed.databaseFile();
            Path journal = file.resolveSibling("tandem.db.wal");
            Path copy = folder.resolve("snapshot" + SNAPSHOTS.size() + ".db");
            try {
                if (Files.exists(journal)) {
                    Files.copy(file, copy);
                    Files.copy(journal, copy.resolveSibling(copy.getFileName() + ".wal"));
                    SNAPSHOTS.add(copy);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static byte[] journal(Path snapshot) throws IOException {
        return Files.readAllBytes(snapshot.resolveSibling(snapshot.getFileName() + ".wal"));
    }

    /** An account whose database is a snapshot with another journal. */
    private static Account crashed(Path snapshot, byte[] journal) throws IOException {
        Account account = undisturbed.elsewhere("account" + accounts++);
        Files.createDirectories(account.databaseFile().getParent());
        Files.copy(snapshot, account.databaseFile(), StandardCopyOption.REPLACE_EXISTING);
        Files.write(account.databaseFile().resolveSibling("tandem.db.wal"), journal);
        return account;
    }

    @Test
    void a_journal_that_is_cut_anywhere_costs_nothing_that_the_next_run_does_not_bring() throws IOException {
        Random random = new Random(5);
        assertThat(SNAPSHOTS).isNotEmpty();
        List<String> expected = undisturbed.rowsWithoutIds();
        Path last = null;
        for (int i = 0; i < 3; i++) {
            Path snapshot = SNAPSHOTS.get((SNAPSHOTS.size() - 1) * i / 2);
            byte[] journal = journal(snapshot);
            for (int length : new int[] {random.nextInt(40), random.nextInt(journal.length), journal.length - 1}) {
                Account account = crashed(snapshot, Arrays.copyOf(journal, length));

                account.sync();
                last = account.databaseFile();

                assertThat(account.rowsWithoutIds())
                        .as("%s, %d bytes of %d", snapshot, length, journal.length)
                        .isEqualTo(expected);
            }
        }
        VerifyService service = new VerifyService(new DatabaseOpener(), Clock.systemUTC());
        assertThat(service.verify(last, 5, VerifyListener.SILENT).verdict()).isEqualTo(VerifyReport.Verdict.COMPLETE);
    }

    @Test
    void a_journal_that_is_garbled_is_read_as_far_as_it_goes_or_refused_with_what_to_do() throws IOException {
        Random random = new Random(6);
        List<String> expected = undisturbed.rowsWithoutIds();
        Path snapshot = SNAPSHOTS.get(SNAPSHOTS.size() - 1);
        byte[] whole = journal(snapshot);
        int refused = 0;
        for (int i = 0; i < 3; i++) {
            byte[] journal = whole.clone();
            int at = i == 0 ? 4 : random.nextInt(journal.length - 64);
            for (int j = 0; j < 64; j++) {
                journal[at + j] = (byte) random.nextInt();
            }
            Account account = crashed(snapshot, journal);
            try {
                account.sync();
            } catch (DatabaseException e) {
                refused++;
                assertThat(e.code()).as(e.getMessage()).isEqualTo(DatabaseException.DAMAGED);
                assertThat(e.remedy()).contains("tandem.db.wal away");
                Files.delete(account.databaseFile().resolveSibling("tandem.db.wal"));
                account.sync();
            }
            assertThat(account.rowsWithoutIds()).as("garbled at " + at).isEqualTo(expected);
        }
        assertThat(refused).isPositive();
    }
}
