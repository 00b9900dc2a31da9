package io.github.tandemfetch.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How fresh the data is kept.
 *
 * @param interval between two syncs
 * @param begun when the first was begun, UTC
 * @param lastSuccess when the last good one ended, UTC; null before
 * @param lastFailure the code of the last failure since then; null without
 * @param clock tells how long ago that is
 */
public record SyncState(Duration interval, Instant begun, Instant lastSuccess, String lastFailure, Clock clock) {
    private static final int INTERVALS = 4;

    SyncState succeeded(Instant now) {
        return new SyncState(interval, begun, now, null, clock);
    }

    SyncState failed(String code) {
        return new SyncState(interval, begun, lastSuccess, code, clock);
    }

    /**
     * Whether the last success, or else the beginning, is no more than four intervals ago.
     *
     * @return false where something is wrong
     */
    public boolean isFresh() {
        Instant since = lastSuccess == null ? begun : lastSuccess;
        return !clock.instant().isAfter(since.plus(interval.multipliedBy(INTERVALS)));
    }
}
