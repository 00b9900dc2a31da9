package io.github.tandemfetch.jobs;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * All jobs, in memory and in the store. A step is stored before it can be seen, so that nothing that was seen is undone
 * by a kill: one that cannot be stored is tried again until it can be. Progress is seen only. Reading never waits for the
 * disk.
 */
final class JobRegistry implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(JobRegistry.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ExportJobStore store;
    private final JobSettings settings;
    private final Clock clock;
    private final NavigableMap<Long, ExportJob> jobs = new ConcurrentSkipListMap<>();
    private final Map<Long, ExportJob> unstored = new LinkedHashMap<>();
    private volatile boolean storable = true;

    JobRegistry(ExportJobStore store, JobSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    void open() throws IOException {
        jobs.putAll(store.open());
    }

    /** Whether the last step could be stored. */
    boolean isStorable() {
        return storable;
    }

    /** The newest first, as they are now. */
    Collection<ExportJob> newestFirst() {
        return jobs.descendingMap().values();
    }

    /** The newest first of those before one, as they are now. */
    Collection<ExportJob> before(long id) {
        return jobs.headMap(id, false).descendingMap().values();
    }

    Optional<ExportJob> find(long id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** The time, in the precision in which it is told. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Makes a new job, or finds the one that was made with the same key.
     *
     * @return the job, and whether it was there before
     * @throws JobException where the key was used for something else, too many jobs wait, or the store cannot be
     *     written to
     */
    synchronized JobCreation create(JobRequest request, String idempotencyKey) {
        Optional<ExportJob> earlier = withKey(idempotencyKey);
        if (earlier.isPresent()) {
            if (!earlier.get().request().equals(request)) {
                throw JobException.keyReused();
            }
            return new JobCreation(earlier.get(), true);
        }
        long unfinished = jobs.values().stream()
                .filter(job -> job.status().isUnfinished())
                .count();
        if (unfinished >= settings.workers() + settings.queue()) {
            throw JobException.queueFull(unfinished + " jobs are waiting or running, which is the most.", RETRY);
        }
        makeRoom();
        ExportJob job = ExportJob.pending(store.lastId() + 1, request, idempotencyKey, now());
        try {
            store.put(job, with(job));
            storable = true;
        } catch (IOException e) {
            storable = false;
            throw JobException.storeNotWritten(e);
        }
        jobs.put(job.id(), job);
        return new JobCreation(job, false);
    }

    /**
     * Makes a step of a job, and stores it; it can be seen as soon as it is stored.
     *
     * @return the job after it; empty where it was deleted or has gone another way meanwhile
     */
    synchronized Optional<ExportJob> step(long id, UnaryOperator<ExportJob> step) {
        ExportJob before = unstored.getOrDefault(id, jobs.get(id));
        if (before == null) {
            return Optional.empty();
        }
        ExportJob after;
        try {
            after = step.apply(before);
        } catch (IllegalStateException e) {
            LOG.debug("The job has gone another way", e);
            return Optional.empty();
        }
        unstored.put(id, after);
        store(after);
        return Optional.of(after);
    }

    /** Stores the steps that could not be stored before. */
    synchronized void storeAgain() {
        List.copyOf(unstored.values()).forEach(this::store);
    }

    /** Tells something new of a job that is lost with the process. */
    synchronized void tell(long id, UnaryOperator<ExportJob> news) {
        jobs.computeIfPresent(id, (same, job) -> job.status().isUnfinished() ? news.apply(job) : job);
    }

    /**
     * Forgets a job.
     *
     * @return the job; empty where there is none
     * @throws JobException where the store cannot be written to
     */
    synchronized Optional<ExportJob> remove(long id) {
        ExportJob job = jobs.remove(id);
        if (job == null) {
            return Optional.empty();
        }
        ExportJob last = unstored.getOrDefault(id, job);
        try {
            store.remove(id, jobs.values());
            storable = true;
        } catch (IOException e) {
            jobs.put(id, job);
            storable = false;
            throw JobException.storeNotWritten(e);
        }
        unstored.remove(id);
        return Optional.of(last);
    }

    @Override
    public synchronized void close() {
        store.close();
    }

    private void store(ExportJob job) {
        try {
            store.put(job, with(job));
            unstored.remove(job.id());
            jobs.put(job.id(), job);
            storable = true;
        } catch (IOException e) {
            storable = false;
            LOG.warnf("A step of job %d could not be stored: %s", job.id(), e.getMessage());
        }
    }

    private Collection<ExportJob> with(ExportJob job) {
        NavigableMap<Long, ExportJob> all = new TreeMap<>(jobs);
        all.put(job.id(), job);
        return all.values();
    }

    private Optional<ExportJob> withKey(String key) {
        return key == null
                ? Optional.empty()
                : jobs.values().stream()
                        .filter(job -> key.equals(job.idempotencyKey()))
                        .findFirst();
    }

    private void makeRoom() {
        while (jobs.size() >= 2 * settings.kept()) {
            ExportJob oldest = jobs.values().stream()
                    .filter(job -> job.status() == JobStatus.FAILED || job.status() == JobStatus.EXPIRED)
                    .findFirst()
                    .orElseThrow(() -> JobException.queueFull(
                            jobs.size() + " jobs are kept, which is the most, and none of them is done with.",
                            Duration.ofMinutes(1)));
            remove(oldest.id());
        }
    }

    /** All jobs as they are now, the oldest first. */
    List<ExportJob> all() {
        return List.copyOf(jobs.values());
    }
}
