package io.github.tandemfetch.jobs;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseException;
import io.github.tandemfetch.store.DatabaseLockedException;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.FileStamp;
import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * What tables there are, looked up once for each change of the database's file. While somebody writes to it, what was
 * last seen is told.
 */
@Singleton
public class TableDirectory {
    private static final Logger LOG = Logger.getLogger(TableDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final String NO_FILE = "no file";

    private final Path database;
    private final DatabaseOpener opener;
    private final DatabaseTurns turns;
    private final Clock clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Seen seen;
    private volatile long nextTry = System.nanoTime();

    /**
     * Creates the directory.
     *
     * @param settings name the database
     * @param opener opens it
     * @param turns who may have it open
     * @param clock tells when it was looked at
     */
    public TableDirectory(JobSettings settings, DatabaseOpener opener, DatabaseTurns turns, Clock clock) {
        this.database = settings.database();
        this.opener = opener;
        this.turns = turns;
        this.clock = clock;
    }

    /**
     * The tables as they are now, or, while somebody writes, as they were.
     *
     * @return the tables
     * @throws JobException where the database is held by a writer and was never seen, or cannot be read
     */
    public TableListing tables() {
        String stamp = stamp();
        Seen known = seen;
        if (known != null && known.stamp().equals(stamp)) {
            return known.listing();
        }
        if (known != null && System.nanoTime() - nextTry < 0) {
            return known.listing().outdated();
        }
        return look(known);
    }

    private TableListing look(Seen known) {
        if (!mayLook(known)) {
            return orBusy(known, null);
        }
        try {
            Seen meanwhile = seen;
            String stamp = stamp();
            if (meanwhile != null && meanwhile.stamp().equals(stamp)) {
                return meanwhile.listing();
            }
            Duration patience = known == null ? PATIENCE : Duration.ZERO;
            TableListing listing = stamp.equals(NO_FILE)
                    ? new TableListing(List.of(), clock.instant(), true)
                    : turns.reading(patience, () -> read(patience));
            seen = new Seen(stamp, listing);
            return listing;
        } catch (JobException | DatabaseLockedException e) {
            nextTry = System.nanoTime() + BETWEEN_TRIES.toNanos();
            return orBusy(known, e);
        } catch (DatabaseException e) {
            LOG.warn(e.getMessage());
            throw JobException.databaseUnusable("The database cannot be read.", e);
        } finally {
            looking.unlock();
        }
    }

    private boolean mayLook(Seen known) {
        try {
            return looking.tryLock(known == null ? PATIENCE.toMillis() : 0, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static TableListing orBusy(Seen known, Exception e) {
        if (known == null) {
            throw JobException.databaseBusy(e);
        }
        return known.listing().outdated();
    }

    private TableListing read(Duration patience) {
        try (Database opened = opener.openForReading(database, patience)) {
            TableCatalog catalog = new TableCatalog(opened);
            List<TableDescription> tables = new ArrayList<>();
            for (PumpTable table : PumpTable.values()) {
                List<TableCatalog.Column> columns = catalog.columns(table);
                if (!columns.isEmpty()) {
                    TableCatalog.Extent extent = catalog.extent(table);
                    tables.add(new TableDescription(table, extent.rows(), columns, extent.first(), extent.last()));
                }
            }
            return new TableListing(tables, clock.instant(), true);
        }
    }

    // A writer that was killed leaves its last changes in the file beside, which a reader takes in.
    private String stamp() {
        Path beside = database.resolveSibling(database.getFileName() + ".wal");
        try {
            if (!Files.exists(database)) {
                return NO_FILE;
            }
            return FileStamp.of(database.toRealPath())
                    + (Files.exists(beside) ? FileStamp.of(beside).text() : "");
        } catch (IOException e) {
            LOG.debug("The database came or went just now", e);
            return NO_FILE;
        }
    }

    private record Seen(String stamp, TableListing listing) {}
}
