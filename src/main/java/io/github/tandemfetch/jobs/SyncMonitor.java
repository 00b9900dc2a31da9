package io.github.tandemfetch.jobs;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Knows how the syncs get on that somebody runs in this process, and gives each its turn: while it writes, jobs wait;
 * while jobs read, it waits. All but {@link #state} is called by the one thread that syncs.
 */
@Singleton
public class SyncMonitor {
    private final DatabaseTurns turns;
    private final Clock clock;
    private boolean writing;
    private volatile SyncState state;

    /**
     * Creates the monitor; nobody syncs yet.
     *
     * @param turns who may have the database open
     * @param clock tells the time
     */
    public SyncMonitor(DatabaseTurns turns, Clock clock) {
        this.turns = turns;
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

    /**
     * Waits for the turn of a sync.
     *
     * @throws JobException where the thread is interrupted
     */
    public void syncBegins() {
        try {
            turns.beginWriting();
            writing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JobException.ending();
        }
    }

    /** A sync has brought all there was. */
    public void syncSucceeded() {
        state = state.succeeded(clock.instant());
        giveBack();
    }

    /**
     * A sync has failed, or brought a part.
     *
     * @param code the failure's stable name
     */
    public void syncFailed(String code) {
        state = state.failed(code);
        giveBack();
    }

    /** There will be no further sync. */
    public void end() {
        state = state.over();
        giveBack();
    }

    /**
     * How fresh the data is kept.
     *
     * @return empty where it is not
     */
    public Optional<SyncState> state() {
        return Optional.ofNullable(state);
    }

    private void giveBack() {
        if (writing) {
            writing = false;
            turns.endWriting();
        }
    }
}
