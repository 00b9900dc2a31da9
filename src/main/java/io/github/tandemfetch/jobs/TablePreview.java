package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportConfig;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.export.ExportListener;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.export.ExportSummary;
import io.github.tandemfetch.export.TableSelection;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.store.DatabaseLockedException;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The first rows of a table, in the very words of an export to JSON. */
@Singleton
public class TablePreview {
    /** How many rows are shown if nothing is said. */
    public static final int DEFAULT_ROWS = 10;

    /** How many rows are shown at most. */
    public static final int MAX_ROWS = 100;

    private static final Logger LOG = Logger.getLogger(TablePreview.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int AT_THE_SAME_TIME = 2;

    private final JobSettings settings;
    private final ExportService exports;
    private final DatabaseTurns turns;
    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_THE_SAME_TIME, true);

    /**
     * Creates the preview.
     *
     * @param settings name the database and the folder
     * @param exports writes the rows
     * @param turns who may have the database open
     */
    public TablePreview(JobSettings settings, ExportService exports, DatabaseTurns turns, Clock clock) {
        this.settings = settings;
        this.exports = exports;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * Shows some rows.
     *
     * @param table a table that is there
     * @param rows how many at most
     * @return a JSON array of objects, UTF-8
     * @throws JobException where the database is in use, or cannot be read
     */
    public byte[] of(TimedTable table, int rows) {
        boolean placed = false;
        try {
            placed = places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!placed) {
                throw JobException.databaseBusy(null);
            }
            return turns.reading(PATIENCE, () -> read(table, rows));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JobException.databaseBusy(e);
        } catch (DatabaseLockedException e) {
            throw JobException.databaseBusy(e);
        } catch (JobException e) {
            throw e;
        } catch (TandemException e) {
            LOG.warn(e.getMessage());
            throw JobException.databaseUnusable(e);
        } finally {
            if (placed) {
                places.release();
            }
        }
    }

    private byte[] read(TimedTable table, int rows) {
        ExportConfig config = ExportConfig.builder(clock.instant())
                .tables(new TableSelection(List.of(table)))
                .format(ExportFormat.JSON)
                .dateRange(DateRange.ALL)
                .rowLimit((long) rows)
                .outputPath(ExportConfig.STANDARD_OUTPUT)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExportSummary summary = exports.stream(
                settings.database(), config, bytes, new JobFolder(settings.folder()).files(), ExportListener.NONE);
        if (!summary.overallSuccess()) {
            LOG.warn(summary.results().get(0).error());
            throw JobException.databaseUnusable(null);
        }
        return bytes.toByteArray();
    }
}
