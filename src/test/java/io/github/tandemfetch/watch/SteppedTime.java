package io.github.tandemfetch.watch;

import java.time.Duration;
import java.time.Instant;

/** Two clocks that go on when somebody waits, and otherwise when a test says so. */
final class SteppedTime implements WatchTime {
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private long nanos = Long.MAX_VALUE - 1_000;
    private Duration suspension = Duration.ZERO;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pass(duration);
        now = now.plus(suspension);
        suspension = Duration.ZERO;
    }

    /** Time goes by. */
    void pass(Duration duration) {
        now = now.plus(duration);
        nanos += duration.toNanos();
    }

    /** Somebody sets the machine's clock. */
    void setClock(Duration by) {
        now = now.plus(by);
    }

    /** The machine sleeps in the middle of the next wait: one clock stands still. */
    void suspend(Duration duration) {
        suspension = duration;
    }
}
