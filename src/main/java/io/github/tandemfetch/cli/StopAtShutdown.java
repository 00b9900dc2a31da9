package io.github.tandemfetch.cli;

import io.github.tandemfetch.watch.SyncLoop;
import java.time.Duration;

/**
 * Stops a loop when the process is told to end, by Ctrl-C or SIGTERM, and gives it some seconds to let go of everything.
 * Where they are not enough, the process ends all the same: the database then is as after a kill, which it outlives.
 */
final class StopAtShutdown {
    private static final Duration GRACE = Duration.ofSeconds(4);

    private final Thread hook;

    StopAtShutdown(SyncLoop loop) {
        hook = new Thread(() -> stop(loop), "tandem-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private static void stop(SyncLoop loop) {
        loop.stop();
        try {
            loop.awaitEnd(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The loop has ended by itself. */
    void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }
}
