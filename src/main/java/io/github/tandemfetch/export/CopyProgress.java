package io.github.tandemfetch.export;

import java.sql.SQLException;
import java.time.Duration;
import java.util.function.DoubleConsumer;
import org.duckdb.DuckDBPreparedStatement;
import org.jboss.logging.Logger;

/** Asks a running statement, several times a second and from a thread of its own, how far it is. */
final class CopyProgress implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(CopyProgress.class);
    private static final Duration INTERVAL = Duration.ofMillis(150);

    private final DuckDBPreparedStatement statement;
    private final DoubleConsumer progress;
    private final Thread thread = new Thread(this::follow, "tandem-export-progress");

    CopyProgress(DuckDBPreparedStatement statement, DoubleConsumer progress) {
        this.statement = statement;
        this.progress = progress;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Stops asking, and waits until the last answer is told: the statement is not asked after it is closed. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try {
            while (true) {
                Thread.sleep(INTERVAL.toMillis());
                // The engine counts the rows it has read and, once they are sorted, those it has written.
                double percentage = statement.getQueryProgress().getPercentage();
                if (percentage > 0) {
                    progress.accept(Math.min(1, percentage / 100));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException | RuntimeException e) {
            // The statement has ended, or the process is ending and whoever was told is gone already.
            LOG.debug("The progress is not told any more", e);
        }
    }
}
