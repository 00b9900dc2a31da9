package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.jobs.SyncMonitor;
import io.github.tandemfetch.watch.SyncLoop;
import io.github.tandemfetch.watch.WatchCycle;
import io.github.tandemfetch.watch.WatchListener;

/** Runs the loop of {@code tandem watch} beside the server, and tells the server how it gets on. */
final class ServeSync implements WatchListener {
    private static final String INCOMPLETE = "INCOMPLETE";

    private final SyncMonitor monitor;
    private final Output output;

    ServeSync(SyncMonitor monitor, Output output) {
        this.monitor = monitor;
        this.output = output;
    }

    void start(SyncLoop loop) {
        Thread thread = new Thread(() -> run(loop), "tandem-sync");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void cycleEnded(WatchCycle cycle) {
        if (cycle.failure().isPresent()) {
            TandemException failure = cycle.failure().get();
            monitor.syncFailed(failure.code());
            output.warning("The sync failed: " + failure.getMessage() + " " + failure.remedy());
        } else if (cycle.pass().filter(pass -> pass.complete()).isEmpty()) {
            monitor.syncFailed(INCOMPLETE);
            output.warning("The service did not send everything it has; the next sync asks again.");
        } else {
            monitor.syncSucceeded();
        }
    }

    @Override
    public void ended() {
        monitor.end();
    }

    @Override
    public void warning(String message) {
        output.warning(message);
    }

    @Override
    public void notice(String text) {
        output.summary(text);
    }

    private void run(SyncLoop loop) {
        StopAtShutdown stop = new StopAtShutdown(loop);
        try {
            loop.run();
        } catch (TandemException e) {
            // Told when its cycle ended.
            output.warning("There will be no further sync until the server is started again.");
        } finally {
            stop.forget();
        }
    }
}
