package io.github.tandemfetch.watch;

import io.github.tandemfetch.config.Settings;
import io.github.tandemfetch.pipeline.PipelineService;
import io.github.tandemfetch.pipeline.WritingTurn;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes loops that keep a database up to date. */
@Singleton
public class WatchService {
    private final PipelineService pipeline;
    private final Clock clock;

    /**
     * Creates the service.
     *
     * @param pipeline syncs
     * @param clock the machine's clock
     */
    public WatchService(PipelineService pipeline, Clock clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    /**
     * A loop that syncs one database with one account. Nothing is done before it is run.
     *
     * @param settings the account, the database, the time zone
     * @param options when cycles begin, and what ends the loop
     * @param listener hears how the cycles get on
     * @return to be run once, by a thread of the caller's
     */
    public SyncLoop loop(Settings settings, WatchOptions options, WatchListener listener) {
        return loop(settings, WritingTurn.AT_ONCE, options, listener);
    }

    /**
     * A loop beside others in this process that read the database.
     *
     * @param settings the account, the database, the time zone
     * @param turn when the database may be written to
     * @param options when cycles begin, and what ends the loop
     * @param listener hears how the cycles get on
     * @return to be run once, by a thread of the caller's
     */
    public SyncLoop loop(Settings settings, WritingTurn turn, WatchOptions options, WatchListener listener) {
        return new SyncLoop(pipeline.repeated(settings, turn)::sync, options, listener, WatchTime.of(clock));
    }
}
