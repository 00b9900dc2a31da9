package io.github.tandemfetch.watch;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.PipelineListener;
import io.github.tandemfetch.pipeline.SyncPass;
import io.github.tandemfetch.source.AccountLockedException;
import io.github.tandemfetch.source.LoginRefusedBeforeException;
import io.github.tandemfetch.source.LoginRefusedException;
import io.github.tandemfetch.source.SourceListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Runs cycles in the thread that calls {@link #run}, one after the other, until another thread calls {@link #stop}. A
 * cycle that fails is told to the listener, and the next one comes; but for these, which end the loop: a login that was
 * refused, since a repetition would lock the account; settings that are wrong from the start; and as many failures in a
 * row as the options allow.
 */
public final class SyncLoop {
    private final Cycle work;
    private final WatchOptions options;
    private final WatchListener listener;
    private final WatchTime time;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean stopped;
    private Thread runner;

    /** What is done in each cycle. */
    interface Cycle {
        /** Does it once, and tells how it gets on. */
        SyncPass run(SourceListener sourceListener, PipelineListener pipelineListener);
    }

    SyncLoop(Cycle work, WatchOptions options, WatchListener listener, WatchTime time) {
        this.work = work;
        this.options = options;
        this.listener = listener;
        this.time = time;
    }

    /**
     * Runs cycles until the end; to be called once. The first begins at once.
     *
     * @return the last cycle that came to its end; empty where {@link #stop} came before
     * @throws TandemException the failure that ended the loop
     */
    public Optional<WatchCycle> run() {
        if (!begin()) {
            ended.countDown();
            return Optional.empty();
        }
        try {
            return cycles();
        } catch (InterruptedException interrupted) {
            return Optional.empty();
        } finally {
            boolean interruptedByOthers = end();
            listener.ended();
            ended.countDown();
            if (interruptedByOthers) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the loop soon: a cycle under way is broken off, and what it has stored is whole. Any thread may call it. */
    public synchronized void stop() {
        stopped = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /**
     * Waits until the loop has ended and holds nothing any more.
     *
     * @param atMost how long to wait
     * @return false where it has not ended by then
     * @throws InterruptedException where the waiting thread is interrupted
     */
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Optional<WatchCycle> cycles() throws InterruptedException {
        CycleTimes times = new CycleTimes(options, time, ThreadLocalRandom.current()::nextLong);
        HoldOff holdOff = new HoldOff(options.interval());
        WatchCycle last = null;
        for (long number = 1; !isStopped(); number++) {
            listener.cycleStarted(number);
            LoginNoticing noticing = new LoginNoticing(listener);
            WatchCycle cycle = run(number, last == null ? 0 : last.failuresInARow(), noticing);
            if (isStopped() || isInterruption(cycle)) {
                return Optional.ofNullable(last);
            }
            boolean isLast = options.once() || endsAll(cycle);
            Instant nextAt = isLast ? null : times.plan(holdOff.after(cycle, noticing.hasLoggedIn()));
            last = due(cycle, nextAt);
            listener.cycleEnded(last);
            if (isLast) {
                throwFailure(last);
                return Optional.of(last);
            }
            times.await();
        }
        return Optional.ofNullable(last);
    }

    private WatchCycle run(long number, int failuresBefore, LoginNoticing noticing) {
        Instant startedAt = time.now();
        long begun = time.nanos();
        SyncPass pass = null;
        TandemException failure = null;
        try {
            pass = work.run(noticing, listener);
        } catch (TandemException known) {
            failure = known;
        } catch (RuntimeException | Error unexpected) {
            failure = new TandemException(
                    "INTERNAL_ERROR",
                    "Internal error (" + unexpected.getClass().getSimpleName() + ").",
                    "Run it with -vv and report its output; remove private data first.",
                    ExitStatus.STORAGE_FAILURE,
                    unexpected);
        }
        return new WatchCycle(
                number,
                startedAt,
                Duration.ofNanos(time.nanos() - begun),
                Optional.ofNullable(pass),
                Optional.ofNullable(failure),
                failure == null ? 0 : failuresBefore + 1,
                Optional.empty());
    }

    private static WatchCycle due(WatchCycle cycle, Instant nextAt) {
        return new WatchCycle(
                cycle.number(),
                cycle.startedAt(),
                cycle.duration(),
                cycle.pass(),
                cycle.failure(),
                cycle.failuresInARow(),
                Optional.ofNullable(nextAt));
    }

    private boolean endsAll(WatchCycle cycle) {
        if (cycle.failure().isEmpty()) {
            return false;
        }
        TandemException failure = cycle.failure().get();
        boolean refused = failure instanceof LoginRefusedException
                || failure instanceof LoginRefusedBeforeException
                || failure instanceof AccountLockedException;
        boolean wrongFromTheStart = cycle.number() == 1 && failure.exitStatus() == ExitStatus.INVALID_USAGE;
        boolean tooMany = options.maxFailures() > 0 && cycle.failuresInARow() >= options.maxFailures();
        return refused || wrongFromTheStart || tooMany;
    }

    private static boolean isInterruption(WatchCycle cycle) {
        return cycle.failure()
                .filter(failure -> failure.exitStatus() == ExitStatus.INTERRUPTED)
                .isPresent();
    }

    private static void throwFailure(WatchCycle cycle) {
        cycle.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    private synchronized boolean begin() {
        runner = Thread.currentThread();
        return !stopped;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Takes the thread's interruption back, so that the listener can still write; tells whether others caused it. */
    private synchronized boolean end() {
        runner = null;
        return Thread.interrupted() && !stopped;
    }
}
