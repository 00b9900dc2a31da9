package io.github.tandemfetch.watch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The two clocks that a loop waits by, and the waiting itself. */
interface WatchTime {
    /** What the machine's clock shows. It goes on while the machine sleeps, and may be set. */
    Instant now();

    /** A time that never goes back, in nanoseconds from any moment. It may stand still while the machine sleeps. */
    long nanos();

    /** Waits. */
    void sleep(Duration duration) throws InterruptedException;

    /** The time of this machine. */
    static WatchTime of(Clock clock) {
        return new WatchTime() {
            @Override
            public Instant now() {
                return clock.instant();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
            }
        };
    }
}
