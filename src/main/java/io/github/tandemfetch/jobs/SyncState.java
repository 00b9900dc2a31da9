package io.github.tandemfetch.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How fresh the data is kept.
 *
 * @param interval from the start of one sync to the start of the next
 * @param begun when the first was due, UTC
 * @param lastSuccess when the last good one ended, UTC; null before
 * @param lastFailure the code of the last failure since then; null without
 * @param ended whether there will be no further one
 * @param clock tells how long ago that is
 */
public record SyncState(
        Duration interval, Instant begun, Instant lastSuccess, String lastFailure, boolean ended, Clock clock) {
    private static final int INTERVALS = 4;

    SyncState succeeded(Instant now) {
        return new SyncState(interval, begun, now, null, ended, clock);
    }

    SyncState failed(String code) {
        return new SyncState(interval, begun, lastSuccess, code, ended, clock);
    }

    SyncState over() {
        return new SyncState(interval, begun, lastSuccess, lastFailure, true, clock);
    }

    /**
     * Whether syncs go on, and the last success, or else the beginning, is no more than four intervals ago.
     *
     * @return false where something is wrong
     */
    public boolean isFresh() {
        Instant since = lastSuccess == null ? begun : lastSuccess;
        return !ended && !clock.instant().isAfter(since.plus(interval.multipliedBy(INTERVALS)));
    }
}
