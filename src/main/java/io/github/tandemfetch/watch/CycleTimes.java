package io.github.tandemfetch.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongUnaryOperator;

/**
 * Says when the next cycle is due. Cycles keep to a beat of one interval, from start to start; one that took longer, or
 * a machine that slept, makes the beat begin anew: what was missed is not made up for.
 *
 * <p>A cycle is due when either clock says so. After a sleep the machine's clock has gone on though the other stood
 * still; where the machine's clock was set back, the other one has gone on.
 */
final class CycleTimes {
    private static final Duration LONGEST_NAP = Duration.ofSeconds(5);

    private final WatchOptions options;
    private final WatchTime time;
    private final LongUnaryOperator random;
    private long beat;
    private long dueNanos;
    private Instant dueAt;

    /**
     * Begins with a cycle that is due now.
     *
     * @param options interval and jitter
     * @param time the clocks
     * @param random gives a number from 0 to below its argument
     */
    CycleTimes(WatchOptions options, WatchTime time, LongUnaryOperator random) {
        this.options = options;
        this.time = time;
        this.random = random;
        beat = time.nanos();
        dueNanos = beat;
        dueAt = time.now();
    }

    /** Waits until the next cycle is due; woken every few seconds, because a wait lasts longer over a sleep. */
    void await() throws InterruptedException {
        for (Duration left = left(); !left.isNegative() && !left.isZero(); left = left()) {
            time.sleep(left.compareTo(LONGEST_NAP) > 0 ? LONGEST_NAP : left);
        }
        long now = time.nanos();
        boolean early = now - dueNanos < 0;
        boolean missedOne = now - beat >= options.interval().toNanos();
        if (early || missedOne) {
            beat = now;
        }
    }

    /**
     * Settles the next cycle.
     *
     * @param atLeast how long after the beat of the last one, where that is longer than the interval
     * @return when it is due
     */
    Instant plan(Duration atLeast) {
        Duration step = atLeast.compareTo(options.interval()) > 0 ? atLeast : options.interval();
        beat += step.toNanos();
        long jitter = options.jitter().toNanos();
        long now = time.nanos();
        dueNanos = Math.max(beat - now, 0) + now + (jitter == 0 ? 0 : random.applyAsLong(jitter));
        dueAt = time.now().plusNanos(dueNanos - now);
        return dueAt;
    }

    private Duration left() {
        Duration byNanos = Duration.ofNanos(dueNanos - time.nanos());
        Duration byClock = Duration.between(time.now(), dueAt);
        return byNanos.compareTo(byClock) < 0 ? byNanos : byClock;
    }
}
