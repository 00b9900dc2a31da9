package io.github.tandemfetch.cli;

import io.github.tandemfetch.simulator.SimulatedTandemSource;
import io.github.tandemfetch.simulator.SimulatorOptions;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a backfill at random moments. Five by default; {@code -Dtandem.kills=100} for as many as one has time for, and
 * {@code -Dtandem.seed=N} for the moments of an earlier run.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledIT {
    private static final int KILLS_OF_ONE_DATABASE = 5;
    private static final long START_OF_THE_PROGRAM = 600;
    private static final SimulatorOptions OPTIONS =
            SimulatorOptions.defaults().withDays(60).withSeed(31);

    /** Windows that are asked for again give their events later ids; all else must be equal. */
    private static final List<String> ROWS = List.of(
            "SELECT pump_serial, event_timestamp, raw_event_data::VARCHAR, sequence_group, sequence_number FROM raw_events",
            "SELECT pump_serial, timestamp, event_id, event_name, event_data::VARCHAR, time_basis, sequence_group,"
                    + " sequence_number FROM events",
            "SELECT timestamp, cgm_reading, status, pump_serial, time_basis FROM cgm_readings",
            "SELECT timestamp, profile_basal_rate, algorithm_basal_rate, temp_basal_rate, pump_serial FROM basal_deliveries",
            "SELECT e.sequence_number, r.sequence_number FROM events e JOIN raw_events r ON r.id = e.raw_events_id");

    @TempDir
    Path folder;

    private static List<String> fingerprint(Path file) {
        List<String> prints = new ArrayList<>();
        try (Database database = new DatabaseOpener().openForReading(file)) {
            for (String rows : ROWS) {
                database.forEach(
                        "SELECT count(*) || ' ' || sum(hash(rows::VARCHAR)) FROM (" + rows + ") rows",
                        row -> prints.add(row.getString(1)));
            }
        }
        return prints;
    }

    @Test
    void killed_at_random_moments_a_backfill_ends_in_the_rows_of_an_undisturbed_one() throws Exception {
        int kills = Integer.getInteger("tandem.kills", KILLS_OF_ONE_DATABASE);
        long seed = Long.getLong("tandem.seed", System.nanoTime());
        Random random = new Random(seed);
        try (SimulatedTandemSource service = SimulatedTandemSource.start(OPTIONS)) {
            Path whole = Files.createDirectories(folder.resolve("whole"));
            new TandemProcess(whole).account(service, OPTIONS).run("status").exits(0);
            long begun = System.nanoTime();
            new TandemProcess(whole).account(service, OPTIONS).run("sync").exits(0);
            long lasted = Math.max((System.nanoTime() - begun) / 1_000_000, START_OF_THE_PROGRAM + 1);
            List<String> expected = fingerprint(whole.resolve("data/tandem.db"));
            int databases = 0;
            for (int done = 0; done < kills; databases++) {
                TandemProcess killed = new TandemProcess(Files.createDirectories(folder.resolve("killed" + databases)))
                        .account(service, OPTIONS);
                boolean struck = true;
                for (int i = 0; struck && i < KILLS_OF_ONE_DATABASE && done < kills; i++) {
                    // What is stored need not be fetched again, so each run is shorter.
                    struck = kill(killed, random, START_OF_THE_PROGRAM + (lasted - START_OF_THE_PROGRAM) / (i / 2 + 1));
                    done += struck ? 1 : 0;
                }
                killed.run("sync").exits(0);
                assertThat(fingerprint(killed.folder().resolve("data/tandem.db")))
                        .as("seed %d, after kill %d", seed, done)
                        .isEqualTo(expected);
                Files.delete(killed.folder().resolve("data/tandem.db"));
            }
            System.out.printf("%d kills of %d databases, seed %d%n", kills, databases, seed);
        }
    }

    /** Tells whether it still ran. */
    private static boolean kill(TandemProcess tandem, Random random, long lasted)
            throws IOException, InterruptedException {
        Process process = random.nextBoolean() ? tandem.start("sync") : tandem.start("watch", "--once");
        long moment = START_OF_THE_PROGRAM + random.nextLong(lasted - START_OF_THE_PROGRAM);
        boolean ended = process.waitFor(moment, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }
}
