package io.github.tandemfetch.jobs;

import io.github.tandemfetch.export.ExportService;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes jobs, has them run, hands out their files and removes these when their time is over. All jobs are in memory;
 * only what changes them waits for the disk.
 */
@Singleton
public class ExportJobService {
    private static final Logger LOG = Logger.getLogger(ExportJobService.class);
    private static final Duration SWEEP_AT_MOST_EVERY = Duration.ofMillis(100);
    private static final Duration SWEEP_AT_LEAST_EVERY = Duration.ofMinutes(1);
    private static final long MILLIS_TO_RESUME = 250;
    private static final Duration TO_END = Duration.ofMillis(1_500);

    private final JobSettings settings;
    private final ExportService exports;
    private final JobFolder folder;
    private final JobRegistry registry;
    private final JobWorkers workers;
    private final ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "tandem-job-sweep");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean taking;

    /**
     * Creates the service; {@link #start} makes it take jobs.
     *
     * @param settings how the jobs are run
     * @param exports writes the files
     * @param turns who may have the database open
     */
    public ExportJobService(JobSettings settings, ExportService exports, DatabaseTurns turns, Clock clock) {
        this.settings = settings;
        this.exports = exports;
        this.folder = new JobFolder(settings.folder());
        this.registry = new JobRegistry(new ExportJobStore(folder.store()), settings, clock);
        this.workers = new JobWorkers(settings, registry, folder, exports, turns);
    }

    /**
     * Takes up where the last process ended: jobs that were running have failed, and files that belong to no completed
     * job are removed. Jobs that were pending wait for {@link #resume}.
     *
     * @throws JobException where the folder cannot be used, or another process uses it
     */
    public void start() {
        folder.open();
        exports.shareMemory();
        try {
            registry.open();
        } catch (IOException e) {
            folder.close();
            throw JobException.folderNotUsable(settings.folder(), "its store cannot be read or written", e);
        }
        for (ExportJob job : registry.all()) {
            if (job.status() == JobStatus.RUNNING) {
                registry.step(job.id(), lost -> lost.failed(JobFailures.INTERRUPTED, registry.now()));
            }
        }
        sweep();
        folder.removeAllBut(filesOfCompleted());
        long every = clamp(settings.expireAfter().dividedBy(2)).toMillis();
        schedule.scheduleWithFixedDelay(() -> safely(this::sweep), every, every, TimeUnit.MILLISECONDS);
        schedule.scheduleWithFixedDelay(() -> safely(registry::storeAgain), 1, 1, TimeUnit.SECONDS);
        taking = true;
    }

    /**
     * Runs the jobs that were pending when the last process ended, oldest first, in a moment: a server that is stopped
     * as soon as it is up has not begun any of them, and leaves them pending.
     */
    public void resume() {
        List<Long> pending = registry.all().stream()
                .filter(job -> job.status() == JobStatus.PENDING)
                .map(ExportJob::id)
                .toList();
        schedule.schedule(() -> pending.forEach(workers::enqueue), MILLIS_TO_RESUME, TimeUnit.MILLISECONDS);
    }

    /**
     * Ends running jobs, which have then failed, and leaves pending ones to the next start. Takes no more than two
     * seconds.
     */
    public void stop() {
        if (!taking) {
            return;
        }
        taking = false;
        schedule.shutdownNow();
        workers.end(TO_END);
        for (ExportJob job : registry.all()) {
            if (job.status() == JobStatus.RUNNING) {
                registry.step(job.id(), cut -> cut.failed(JobFailures.INTERRUPTED, registry.now()));
            }
        }
        registry.storeAgain();
        registry.close();
        folder.close();
    }

    /**
     * Makes a job, which runs when its turn has come.
     *
     * @param request what to export
     * @param idempotencyKey the same key with the same request gives the same job; null for a new one each time
     * @return the job
     * @throws JobException where too many jobs wait, the key was used for another request, or the job cannot be stored
     */
    public JobCreation create(JobRequest request, String idempotencyKey) {
        if (!taking) {
            throw JobException.ending();
        }
        JobCreation creation = registry.create(request, idempotencyKey);
        if (!creation.replayed()) {
            evict();
            workers.enqueue(creation.job().id());
        }
        return new JobCreation(asSeenNow(creation.job()), creation.replayed());
    }

    /**
     * A job as it is now.
     *
     * @param id its number
     * @return the job
     * @throws JobException where there is none
     */
    public ExportJob find(long id) {
        return asSeenNow(registry.find(id).orElseThrow(JobException::unknown));
    }

    /**
     * Some jobs, the newest first.
     *
     * @param query which
     * @return a page of them
     */
    public JobPage list(JobQuery query) {
        Collection<ExportJob> all = query.before() == null ? registry.newestFirst() : registry.before(query.before());
        List<ExportJob> found = new ArrayList<>();
        for (ExportJob each : all) {
            ExportJob job = asSeenNow(each);
            if ((query.status() != null && job.status() != query.status())
                    || (query.table() != null
                            && !job.request().table().tableName().equals(query.table()))) {
                continue;
            }
            if (found.size() == query.limit()) {
                return new JobPage(found, found.get(found.size() - 1).id());
            }
            found.add(job);
        }
        return new JobPage(found, null);
    }

    /**
     * Whether there is a job of a table.
     *
     * @param table the table's name
     * @return true also where the table is no more
     */
    public boolean hasJobOf(String table) {
        return registry.all().stream()
                .anyMatch(job -> job.request().table().tableName().equals(table));
    }

    /**
     * Deletes a job, ends it if it is running, and removes its file as soon as nobody downloads it.
     *
     * @param id its number
     * @throws JobException where there is none, or that cannot be stored
     */
    public void delete(long id) {
        ExportJob job = registry.remove(id).orElseThrow(JobException::unknown);
        workers.stop(id);
        if (job.fileName() != null) {
            folder.remove(job.fileName());
        }
    }

    /**
     * Takes the file of a completed job for reading.
     *
     * @param id the job's number
     * @return the file, to be closed
     * @throws JobException where there is no such job, it has no file yet or never will, or its file is gone
     */
    public Download download(long id) {
        ExportJob job = find(id);
        return switch (job.status()) {
            case PENDING, RUNNING, FAILED -> throw JobException.noFile(job);
            case EXPIRED -> throw JobException.gone();
            case COMPLETED -> new Download(job, folder.lease(job.fileName(), job.fileSizeBytes()));
        };
    }

    /**
     * How many jobs wait or run, and whether they can be stored.
     *
     * @return the state of the service
     */
    public JobsState state() {
        List<ExportJob> all = registry.all();
        return new JobsState(
                taking && registry.isStorable(),
                all.stream().filter(job -> job.status() == JobStatus.PENDING).count(),
                all.stream().filter(job -> job.status() == JobStatus.RUNNING).count());
    }

    /** Removes the files whose time is over, but for those that somebody downloads just now. */
    void sweep() {
        Instant now = registry.now();
        for (ExportJob job : registry.all()) {
            if (isDue(job, now) && !folder.isRead(job.fileName())) {
                expire(job);
            }
        }
    }

    // More files than may be kept: the oldest goes before its time, unless somebody downloads it just now.
    private void evict() {
        List<ExportJob> kept = registry.all().stream()
                .filter(job ->
                        job.status() == JobStatus.COMPLETED || job.status().isUnfinished())
                .toList();
        kept.stream()
                .filter(job -> job.status() == JobStatus.COMPLETED && !folder.isRead(job.fileName()))
                .sorted(Comparator.comparing(ExportJob::completedAt))
                .limit(Math.max(0, kept.size() - settings.kept()))
                .forEach(this::expire);
    }

    private void expire(ExportJob job) {
        registry.step(job.id(), ExportJob::expired).ifPresent(expired -> folder.remove(expired.fileName()));
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Expired files could not be removed", e);
        }
    }

    private Set<String> filesOfCompleted() {
        Set<String> files = new HashSet<>();
        registry.all().stream()
                .filter(job -> job.status() == JobStatus.COMPLETED)
                .forEach(job -> files.add(job.fileName()));
        return files;
    }

    // Between its end and the next sweep a file is there, but its time is over.
    private ExportJob asSeenNow(ExportJob job) {
        return isDue(job, registry.now()) ? job.expired() : job;
    }

    private static boolean isDue(ExportJob job, Instant now) {
        return job.status() == JobStatus.COMPLETED && !job.expiresAt().isAfter(now);
    }

    private static Duration clamp(Duration every) {
        if (every.compareTo(SWEEP_AT_MOST_EVERY) < 0) {
            return SWEEP_AT_MOST_EVERY;
        }
        return every.compareTo(SWEEP_AT_LEAST_EVERY) > 0 ? SWEEP_AT_LEAST_EVERY : every;
    }
}
