package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.HeapMemory;
import io.github.tandemfetch.store.LoadMemory;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Streams records into one table. To be run in a transaction, which keeps all of them or none.
 *
 * @param <R> the records
 */
final class TableLoader<R> {
    // The keys of a stored table come in pieces, so that the engine never holds all of them.
    private static final long KEYS_AT_ONCE = 100_000;

    private static final int MOST_HEAP_MEGABYTES = 144;

    private final Database database;
    private final Load<R> load;
    private final Optional<LoadMemory> memory;
    private final HeapMemory heap = new HeapMemory(MOST_HEAP_MEGABYTES);
    private final SeenKeys seen = new SeenKeys();
    private final FieldValidator check = new FieldValidator();

    TableLoader(Database database, Load<R> load, Optional<LoadMemory> memory) {
        this.database = database;
        this.load = load;
        this.memory = memory;
    }

    /** Notes the keys that are stored already. */
    void keepStoredRows() {
        long end = database.first(
                        "SELECT coalesce(max(rowid) + 1, 0) FROM "
                                + load.table().quoted(),
                        row -> row.getLong(1))
                .orElse(0L);
        for (long from = 0; from < end; from += KEYS_AT_ONCE) {
            database.forEach(
                    "SELECT %s FROM %s WHERE rowid >= ? AND rowid < ?"
                            .formatted(load.rows().keyColumn(), load.table().quoted()),
                    row -> seen.add(row.getString(1)),
                    from,
                    from + KEYS_AT_ONCE);
        }
    }

    /**
     * Stores the records whose keys are new; at most one batch is taken ahead of what is inserted.
     *
     * @return how many rows were inserted
     */
    long store() {
        return database.work(connection -> {
            try (DuckDBAppender appender = appender(connection)) {
                long inserted = 0;
                while (load.records().hasNext()) {
                    inserted += batch(appender);
                    // Closing alone would swallow a failure.
                    appender.flush();
                    load.progress().inserted(inserted);
                }
                // What comes behind needs the engine's memory most, and the keys no more.
                seen.forget();
                heap.noteEnd();
                return inserted;
            }
        });
    }

    private DuckDBAppender appender(DuckDBConnection connection) throws SQLException {
        return connection.createAppender("main", load.table().text());
    }

    private long batch(DuckDBAppender appender) throws SQLException {
        Iterator<? extends R> records = load.records();
        long inserted = 0;
        int taken = 0;
        for (; taken < load.batchSize().records() && records.hasNext(); taken++) {
            check.next();
            RowWriter.Row row = load.rows().row(records.next(), check);
            if (seen.add(row.key())) {
                appender.beginRow();
                row.append(appender);
                appender.endRow();
                memory.ifPresent(growing -> growing.forRow(row.key()));
                inserted++;
            }
        }
        heap.noteRead(taken);
        return inserted;
    }
}
