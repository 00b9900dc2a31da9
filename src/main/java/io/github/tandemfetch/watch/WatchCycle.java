package io.github.tandemfetch.watch;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.SyncPass;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A cycle that has ended.
 *
 * @param number counts from 1
 * @param startedAt when it began
 * @param duration how long it took
 * @param pass what came of it; empty where it failed
 * @param failure why it failed; empty where it did not
 * @param failuresInARow how many cycles have failed in a row, this one included; 0 where it did not fail
 * @param nextAt when the next one is due; empty where there is none
 */
public record WatchCycle(
        long number,
        Instant startedAt,
        Duration duration,
        Optional<SyncPass> pass,
        Optional<TandemException> failure,
        int failuresInARow,
        Optional<Instant> nextAt) {}
