package io.github.tandemfetch.jobs;

import io.github.tandemfetch.failure.TandemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps the data fresh, in this process and never twice at a time. While it writes, jobs wait; while jobs read, it
 * waits.
 */
@ApplicationScoped
public class SyncSchedule {
    private static final Logger LOG = Logger.getLogger(SyncSchedule.class);

    private final DatabaseTurns turns;
    private final Clock clock;
    private ScheduledExecutorService schedule;
    private volatile SyncState state;

    /**
     * Creates the schedule, which does nothing before it is started.
     *
     * @param turns who may have the database open
     * @param clock tells the time
     */
    public SyncSchedule(DatabaseTurns turns, Clock clock) {
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Begins: once now, and then on the interval, from start to start. A failure is logged, and the next time comes.
     *
     * @param interval between two starts; one that takes longer is not overlapped
     * @param sync brings what is new, and fails with a {@link TandemException}
     */
    public synchronized void start(Duration interval, Runnable sync) {
        state = new SyncState(interval, clock.instant(), null, null, clock);
        schedule = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "tandem-sync");
            thread.setDaemon(true);
            return thread;
        });
        schedule.scheduleAtFixedRate(() -> cycle(sync), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends; a cycle under way is interrupted. */
    public synchronized void stop() {
        if (schedule != null) {
            schedule.shutdownNow();
        }
    }

    /**
     * How fresh the data is kept.
     *
     * @return empty where it is not
     */
    public Optional<SyncState> state() {
        return Optional.ofNullable(state);
    }

    private void cycle(Runnable sync) {
        try {
            turns.writing(sync);
            state = state.succeeded(clock.instant());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TandemException e) {
            LOG.warnf("The sync failed: %s %s", e.getMessage(), e.remedy());
            state = state.failed(e.code());
        } catch (RuntimeException e) {
            LOG.errorf(e, "The sync failed unexpectedly (%s).", e.getClass().getSimpleName());
            state = state.failed("INTERNAL_ERROR");
        }
    }
}
