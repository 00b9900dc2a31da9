package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.HeapMemory;
import io.github.tandemfetch.store.LoadMemory;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Streams records into one table. Run it in a transaction. */
final class TableLoader<R> {
    // The keys of a stored table are read in chunks, so that the engine never holds all of them.
    private static final long KEYS_PER_CHUNK = 100_000;

    private static final int MAX_HEAP_MEGABYTES = 144;

    private final Database database;
    private final Load<R> load;
    private final Optional<LoadMemory> memory;
    private final HeapMemory heap = new HeapMemory(MAX_HEAP_MEGABYTES);
    private final SeenKeys seen = new SeenKeys();
    private final FieldValidator check = new FieldValidator();

    TableLoader(Database database, Load<R> load, Optional<LoadMemory> memory) {
        this.database = database;
        this.load = load;
        this.memory = memory;
    }

    /** Adds the keys of the stored rows. */
    void addStoredKeys() {
        long end = database.first(
                        "SELECT coalesce(max(rowid) + 1, 0) FROM "
                                + load.table().quoted(),
                        row -> row.getLong(1))
                .orElse(0L);
        for (long from = 0; from < end; from += KEYS_PER_CHUNK) {
            database.forEach(
                    "SELECT %s FROM %s WHERE rowid >= ? AND rowid < ?"
                            .formatted(load.rows().keyColumn(), load.table().quoted()),
                    row -> seen.add(row.getString(1)),
                    from,
                    from + KEYS_PER_CHUNK);
        }
    }

    /** Inserts the records with new keys; reads at most one batch ahead of the inserted rows. */
    long store() {
        return database.work(connection -> {
            try (DuckDBAppender appender = appender(connection)) {
                long inserted = 0;
                while (load.records().hasNext()) {
                    inserted += batch(appender);
                    // close() alone swallows failures.
                    appender.flush();
                    load.progress().inserted(inserted);
                }
                // The commit needs the most memory, and no keys.
                seen.clear();
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
