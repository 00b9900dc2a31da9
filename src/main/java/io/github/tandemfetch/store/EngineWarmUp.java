package io.github.tandemfetch.store;

import io.github.tandemfetch.store.duckdb.EngineLibrary;
import org.duckdb.DuckDBDriver;
import org.jboss.logging.Logger;

/**
 * Makes the engine ready on a thread of its own: its library is loaded, its driver initialised. No database is touched, and
 * what is in the way is left for the next opening to tell.
 */
public final class EngineWarmUp {
    private static final Logger LOG = Logger.getLogger(EngineWarmUp.class);

    private final Thread thread;

    EngineWarmUp(EngineLibrary engine) {
        thread = new Thread(() -> makeReady(engine), "engine");
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for its end, so that no process ends in the middle of it; for some hundredths of a second at most. */
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
            // Its class takes longer to initialise than the library to load; who needs it meanwhile waits.
            new DuckDBDriver();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("the engine is not ready ahead of its use", e);
        }
    }
}
