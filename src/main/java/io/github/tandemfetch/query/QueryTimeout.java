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
    private final ScheduledExecutorService clock;
    private volatile boolean over;

    /** @param timeout null for none */
    QueryTimeout(Duration timeout) {
        this.timeout = timeout;
        this.clock = timeout == null
                ? null
                : Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread thread = new Thread(work, "tandem-query-deadline");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void watch(DuckDBConnection connection) {
        if (clock != null) {
            // Again and again, since a statement that has not begun yet takes no notice.
            clock.scheduleAtFixedRate(() -> stop(connection), timeout.toMillis(), 20, TimeUnit.MILLISECONDS);
        }
    }

    boolean isOver() {
        return over;
    }

    private void stop(DuckDBConnection connection) {
        over = true;
        try {
            StreamedTexts.interrupt(connection);
        } catch (SQLException e) {
            LOG.debug("the statement could not be stopped", e);
        }
    }

    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
        }
    }
}
