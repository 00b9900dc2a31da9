package io.github.tandemfetch.jobs;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows how the syncs get on that somebody runs in this process. All but {@link #state} is called by the one thread that
 * syncs.
 */
@Singleton
public class SyncMonitor {
    private final Clock clock;
    private volatile SyncState state;

    /** Creates the monitor; nobody syncs yet. */
    public SyncMonitor(Clock clock) {
        this.clock = clock;
    }

    /**
     * From now on there are to be syncs.
     *
     * @param interval from the start of one to the start of the next
     */
    public void begin(Duration interval) {
        state = new SyncState(interval, clock.instant(), null, null, false, clock);
    }

    /** A sync has brought all there was. */
    public void syncSucceeded() {
        state = state.succeeded(clock.instant());
    }

    /**
     * A sync has failed, or brought a part.
     *
     * @param code the failure's stable name
     */
    public void syncFailed(String code) {
        state = state.failed(code);
    }

    /** There will be no further sync. */
    public void end() {
        state = state.over();
    }

    /**
     * How fresh the data is kept.
     *
     * @return empty where it is not
     */
    public Optional<SyncState> state() {
        return Optional.ofNullable(state);
    }
}
