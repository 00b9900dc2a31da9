package io.github.tandemfetch.jobs;

import io.github.tandemfetch.config.FileStamp;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseLockedException;
import io.github.tandemfetch.store.DatabaseOpener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
        return tables(PATIENCE);
    }

    /**
     * Whether the database can be read. Does not wait for a writer.
     *
     * @return the state
     */
    public DatabaseState state() {
        try {
            TableListing listing = tables(Duration.ZERO);
            if (!listing.current()) {
                return DatabaseState.IN_USE;
            }
            return stamp().equals(NO_FILE) ? DatabaseState.ABSENT : DatabaseState.READABLE;
        } catch (JobException e) {
            return e.isDatabaseBusy() ? DatabaseState.IN_USE : DatabaseState.unreadable(e);
        }
    }

    /**
     * A table that can be exported: one of pump data, also before it is there, or one that was loaded.
     *
     * @param name its name
     * @return empty where there is none
     * @throws JobException where that cannot be told, since the database cannot be read just now
     */
    public Optional<TimedTable> find(String name) {
        Optional<PumpTable> ofPump = PumpTable.named(name);
        return ofPump.isPresent()
                ? Optional.of(ofPump.get())
                : tables().tables().stream()
                        .map(TableSummary::table)
                        .filter(table -> table.tableName().equals(name))
                        .findFirst();
    }

    /**
     * The names that {@link #find} knew when the database was last looked at.
     *
     * @return the tables of pump data first
     */
    public List<String> names() {
        Seen known = seen;
        Set<String> names = new LinkedHashSet<>(PumpTable.names());
        if (known != null) {
            known.listing().tables().forEach(table -> names.add(table.table().tableName()));
        }
        return List.copyOf(names);
    }

    /**
     * The names of the columns of a table.
     *
     * @return empty where it is not there, or the database cannot be read just now
     */
    public List<String> columnNames(TimedTable table) {
        try {
            return tables().columnNames(table);
        } catch (JobException e) {
            LOG.debug("The job will wait for the database, and say what is wrong with it", e);
            return List.of();
        }
    }

    private TableListing tables(Duration patience) {
        String stamp = stamp();
        Seen known = seen;
        if (known != null && known.stamp().equals(stamp)) {
            return known.listing();
        }
        if (known != null && System.nanoTime() - nextTry < 0) {
            return known.listing().outdated();
        }
        return look(known, known == null ? patience : Duration.ZERO);
    }

    private TableListing look(Seen known, Duration patience) {
        if (!mayLook(patience)) {
            return orBusy(known, null);
        }
        try {
            Seen meanwhile = seen;
            String stamp = stamp();
            if (meanwhile != null && meanwhile.stamp().equals(stamp)) {
                return meanwhile.listing();
            }
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
            throw JobException.databaseUnusable(e);
        } finally {
            looking.unlock();
        }
    }

    private boolean mayLook(Duration patience) {
        try {
            return looking.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static TableListing orBusy(Seen known, Exception e) {
        if (known == null) {
            throw e instanceof JobException busy ? busy : JobException.databaseBusy(e);
        }
        return known.listing().outdated();
    }

    private TableListing read(Duration patience) {
        try (Database opened = opener.openForReading(database, patience)) {
            TableCatalog catalog = new TableCatalog(opened);
            List<TableSummary> tables = new ArrayList<>();
            List<TimedTable> known = new ArrayList<>(PumpTable.all());
            known.addAll(catalog.loaded());
            for (TimedTable table : known) {
                catalog.summary(table).ifPresent(tables::add);
            }
            return new TableListing(tables, clock.instant(), true);
        }
    }

    // A writer that was killed leaves its last changes in the file beside, which a reader takes in.
    private String stamp() {
        Path beside = database.resolveSibling(database.getFileName() + ".wal");
        try {
            if (!Files.exists(database)) {
                if (!Files.notExists(database)) {
                    throw JobException.databaseUnusable(null);
                }
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
