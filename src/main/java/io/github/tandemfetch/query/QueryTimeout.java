package io.github.tandemfetch.query;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.duckdb.StreamedTexts;
import org.jboss.logging.Logger;

/** Interrupts a statement at its deadline. Unlike the driver's own timeout, it also covers reading the rows. */
final class QueryTimeout implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(QueryTimeout.class);

    private final Duration timeout;
    private final ScheduledExecutorService scheduler;
    private volatile boolean expired;

    /** @param timeout null for none */
    QueryTimeout(Duration timeout) {
        this.timeout = timeout;
        this.scheduler = timeout == null
                ? null
                : Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread thread = new Thread(work, "tandem-query-timeout");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void watch(DuckDBConnection connection) {
        if (scheduler != null) {
            // Repeated, since a statement that has not started yet ignores it.
            scheduler.scheduleAtFixedRate(() -> stop(connection), timeout.toMillis(), 20, TimeUnit.MILLISECONDS);
        }
    }

    boolean isExpired() {
        return expired;
    }

    private void stop(DuckDBConnection connection) {
        expired = true;
        try {
            StreamedTexts.interrupt(connection);
        } catch (SQLException e) {
            LOG.debug("the statement could not be stopped", e);
        }
    }

    @Override
    public void close() {
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
    }
}
