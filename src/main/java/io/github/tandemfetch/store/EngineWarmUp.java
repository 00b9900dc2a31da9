package io.github.tandemfetch.store;

import io.github.tandemfetch.store.duckdb.EngineLibrary;
import org.duckdb.DuckDBDriver;
import org.jboss.logging.Logger;

/**
 * Loads the engine's library and driver in the background. It opens no database, and leaves failures to the next
 * opening.
 */
public final class EngineWarmUp {
    private static final Logger LOG = Logger.getLogger(EngineWarmUp.class);

    private final Thread thread;

    EngineWarmUp(EngineLibrary engine) {
        thread = new Thread(() -> makeReady(engine), "engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end, a few hundredths of a second at most, so that the process does not exit halfway. */
    public void await() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void makeReady(EngineLibrary engine) {
        try {
            engine.prepare();
            // Initializing its class takes longer than loading the library.
            new DuckDBDriver();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("the engine is not ready ahead of its use", e);
        }
    }
}
