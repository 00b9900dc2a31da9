package io.github.tandemfetch.store.query;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Stops a statement that takes too long. It covers the reading of the rows too, which the driver's own limit does not. */
final class Deadline implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Deadline.class);

    private final Duration timeout;
    private final ScheduledExecutorService clock;
    private volatile boolean over;

    /**
     * Begins.
     *
     * @param timeout how long a statement may take; null for as long as it wants
     */
    Deadline(Duration timeout) {
        this.timeout = timeout;
        this.clock = timeout == null
                ? null
                : Executors.newSingleThreadScheduledExecutor(work -> {
                    Thread thread = new Thread(work, "tandem-query-deadline");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    void watch(Statement statement) {
        if (clock != null) {
            // Again and again, since a statement that has not begun yet takes no notice.
            clock.scheduleAtFixedRate(() -> stop(statement), timeout.toMillis(), 20, TimeUnit.MILLISECONDS);
        }
    }

    boolean isOver() {
        return over;
    }

    private void stop(Statement statement) {
        over = true;
        try {
            statement.cancel();
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
