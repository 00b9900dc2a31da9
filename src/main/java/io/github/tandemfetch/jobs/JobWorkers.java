package io.github.tandemfetch.jobs;

import io.github.tandemfetch.export.ColumnSelection;
import io.github.tandemfetch.export.ExportCompression;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportListener;
import io.github.tandemfetch.export.ExportOperation;
import io.github.tandemfetch.export.ExportResult;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.export.ExportStop;
import io.github.tandemfetch.export.TableSelection;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.DatabaseLockedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs jobs, some at a time, the oldest first. A job is pending until its file is begun, also while it waits. */
final class JobWorkers {
    private static final Logger LOG = Logger.getLogger(JobWorkers.class);

    // A job that waits for longer says so.
    private static final Duration TURN = Duration.ofMillis(300);

    private static final long MILLIS_BETWEEN_REQUESTS = 50;

    private final JobSettings settings;
    private final JobRegistry registry;
    private final JobFolder folder;
    private final ExportService exports;
    private final DatabaseTurns turns;
    private final ExecutorService pool;
    private final Map<Long, Run> runs = new ConcurrentHashMap<>();
    private volatile boolean ending;

    JobWorkers(
            JobSettings settings, JobRegistry registry, JobFolder folder, ExportService exports, DatabaseTurns turns) {
        this.settings = settings;
        this.registry = registry;
        this.folder = folder;
        this.exports = exports;
        this.turns = turns;
        this.pool = Executors.newFixedThreadPool(settings.workers(), work -> daemon(work, "tandem-job"));
    }

    /** Runs a pending job when its turn has come; at the end of the process it stays pending. */
    void enqueue(long id) {
        try {
            pool.execute(() -> run(id));
        } catch (RejectedExecutionException e) {
            LOG.debug("The job is left to the next start", e);
        }
    }

    /** Ends the export of a job, if it is under way; returns at once. */
    void stop(long id) {
        Run run = runs.get(id);
        if (run != null) {
            daemon(() -> stop(run), "tandem-job-stop").start();
        }
    }

    /** Ends all exports under way, begins no other, and waits a little. */
    void end(Duration patience) {
        ending = true;
        pool.shutdown();
        runs.keySet().forEach(this::stop);
        try {
            if (!pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("An export has not ended yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Run run) {
        try {
            while (runs.containsValue(run)) {
                run.stop();
                Thread.sleep(MILLIS_BETWEEN_REQUESTS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(long id) {
        ExportJob job = registry.find(id).orElse(null);
        if (job == null || ending || job.status() != JobStatus.PENDING) {
            return;
        }
        Run run = new Run(id, JobFileName.of(id, job.request(), job.createdAt()));
        runs.put(id, run);
        try {
            // Deleted between the look and now, it would be stopped by nobody.
            if (registry.find(id).isPresent()) {
                runWhenDatabaseIsFree(job, run);
            }
        } catch (TandemException e) {
            fail(run, e);
        } catch (RuntimeException | Error e) {
            if (!isLeftToNextStart(run)) {
                LOG.errorf(e, "Job %d failed unexpectedly", id);
                registry.step(id, failed -> failed.failed("The export failed.", registry.now()));
            }
        } finally {
            runs.remove(id);
            run.end();
        }
    }

    private void runWhenDatabaseIsFree(ExportJob job, Run run) {
        long deadline = System.nanoTime() + settings.databasePatience().toNanos();
        while (true) {
            try {
                ExportResult result = turns.reading(TURN, () -> export(job, run));
                complete(run, result);
                return;
            } catch (DatabaseLockedException e) {
                await(job, run, e, "the database, which another process is writing to", deadline);
            } catch (JobException e) {
                await(job, run, e, "the database, which a sync is writing to", deadline);
            }
        }
    }

    private void await(ExportJob job, Run run, TandemException busy, String reason, long deadline) {
        if (run.isStopped() || System.nanoTime() > deadline) {
            throw busy;
        }
        registry.tell(job.id(), waiting -> waiting.waiting(reason));
    }

    private ExportResult export(ExportJob job, Run run) {
        ExportConfig config = config(job.request(), run, job);
        return exports.export(settings.database(), TURN, config, run, run.exportStop)
                .results()
                .get(0);
    }

    private ExportConfig config(JobRequest request, Run run, ExportJob job) {
        return ExportConfig.builder(job.createdAt())
                .tables(new TableSelection(List.of(request.table())))
                .format(request.format())
                .columns(ColumnSelection.named(request.columns()))
                .rowLimit(request.rowLimit())
                .dateRange(request.days())
                .compression(request.compress() ? ExportCompression.GZIP : null)
                .outputPath(folder.file(run.fileName))
                .build();
    }

    private void complete(Run run, ExportResult result) {
        if (!result.success()) {
            throw run.failure;
        }
        folder.keepPrivate(run.fileName);
        boolean wanted = registry.step(
                        run.id,
                        job -> job.completed(
                                result.fileSizeBytes(), result.rowsExported(), registry.now(), settings.expireAfter()))
                .isPresent();
        if (!wanted) {
            folder.remove(run.fileName);
        }
    }

    private void fail(Run run, TandemException failure) {
        if (!isLeftToNextStart(run)) {
            LOG.warnf("Job %d failed: %s %s", run.id, failure.getMessage(), failure.remedy());
            registry.step(run.id, job -> job.failed(JobFailures.sentence(failure), registry.now()));
        }
    }

    // A pending job that the end of the process finds before its file is begun has not failed: it is done after the
    // next start. Everything that an export needs may be gone already by then.
    private boolean isLeftToNextStart(Run run) {
        return !run.begun && (ending || isProcessEnding());
    }

    // Told by the virtual machine itself, before any of the hooks that end things is run.
    private static boolean isProcessEnding() {
        Thread probe = new Thread(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** One job under way. */
    private final class Run implements ExportListener {
        private final long id;
        private final String fileName;
        private final ExportStop exportStop = new ExportStop();
        private final Thread thread = Thread.currentThread();
        private volatile boolean begun;
        private boolean over;
        private TandemException failure;

        private Run(long id, String fileName) {
            this.id = id;
            this.fileName = fileName;
        }

        // Before the file is begun the thread may be waiting for the database, which only an interrupt ends.
        private synchronized void stop() {
            exportStop.request();
            if (!begun && !over) {
                thread.interrupt();
            }
        }

        // The thread goes on with another job, which nobody has asked to end.
        private synchronized void end() {
            over = true;
            if (Thread.interrupted()) {
                LOG.debugf("Job %d ended while it waited", id);
            }
        }

        private boolean isStopped() {
            return exportStop.isRequested();
        }

        @Override
        public void started(ExportOperation operation, long rows) {
            begun = true;
            registry.step(id, job -> job.started(rows, registry.now()));
        }

        @Override
        public void progressed(ExportOperation operation, long done, long rows) {
            registry.tell(id, job -> job.status() == JobStatus.RUNNING ? job.progressed(done) : job);
        }

        @Override
        public void failed(ExportOperation operation, TandemException reason) {
            failure = reason;
        }
    }
}
