package io.github.tandemfetch.jobs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How the jobs are run.
 *
 * @param database the person's database file, which need not be there yet
 * @param folder the folder of the jobs' store and files
 * @param workers how many jobs run at the same time
 * @param queue how many jobs may wait for their turn
 * @param kept how many files are kept at most, and twice as many jobs
 * @param expireAfter how long a file is kept after its completion
 * @param databasePatience how long a job waits for a database that another process holds
 */
public record JobSettings(
        Path database, Path folder, int workers, int queue, int kept, Duration expireAfter, Duration databasePatience) {
    /** How many jobs run at the same time, if nothing else is said. */
    public static final int WORKERS = 2;

    /** How many jobs may wait, if nothing else is said. */
    public static final int QUEUE = 20;

    private static final int KEPT = 1_000;
    private static final Duration DATABASE_PATIENCE = Duration.ofMinutes(30);

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException where a number or a duration is not greater than zero
     */
    public JobSettings {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(folder, "folder");
        if (workers < 1 || queue < 1 || kept < 1) {
            throw new IllegalArgumentException("Workers, queue and jobs kept are at least one");
        }
        if (expireAfter.isNegative() || expireAfter.isZero()) {
            throw new IllegalArgumentException("Files are kept for longer than no time");
        }
    }

    /**
     * Settings as a command gives them.
     *
     * @param database the database file
     * @param folder the folder of the jobs
     * @param workers how many jobs run at the same time
     * @param queue how many jobs may wait
     * @param expireAfter how long a file is kept
     * @return the settings
     */
    public static JobSettings of(Path database, Path folder, int workers, int queue, Duration expireAfter) {
        return new JobSettings(database, folder, workers, queue, KEPT, expireAfter, DATABASE_PATIENCE);
    }
}
