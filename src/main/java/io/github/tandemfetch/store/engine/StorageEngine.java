package io.github.tandemfetch.store.engine;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseException;
import io.github.tandemfetch.store.LoadMemory;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;

/**
 * Streams events and profiles into tables of their own, keeps a line about each in {@code _metadata}, and answers SQL.
 * Whatever fails, a table is there whole or not at all. Not for use by several threads at once.
 *
 * <p>Every failure is a {@link DatabaseException} with a code, a message, details and a remedy; what an iterator or a
 * progress callback throws goes through as it is, after nothing was stored.
 */
public final class StorageEngine implements AutoCloseable {
    private final Database database;
    private final boolean readOnly;
    private final Path path;
    private final Runnable afterwards;
    private final MetadataTable metadata;
    private boolean closed;

    StorageEngine(Database database, boolean readOnly, Path path, Runnable afterwards) {
        this.database = database;
        this.readOnly = readOnly;
        this.path = path;
        this.afterwards = afterwards;
        this.metadata = new MetadataTable(database);
    }

    /**
     * The database file.
     *
     * @return empty for a database in memory
     */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    /**
     * Whether the engine only reads.
     *
     * @return true where nothing can be stored
     */
    public boolean isReadOnly() {
        return readOnly;
    }

    /**
     * Makes a table of events.
     *
     * @param name its name: letters A to Z, digits and underscores, none of a table that there is
     * @param records the events
     * @param facts where they come from
     * @param progress is told the number of rows after each batch
     * @param batchSize how many are taken at once
     * @return how many rows were inserted
     * @throws TableExistsException where there is such a table
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long createEventsTable(
            String name,
            Iterator<EventRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return create(name, new EventRows(), records, facts, progress, batchSize);
    }

    /**
     * Makes a table of profiles.
     *
     * @param name its name: letters A to Z, digits and underscores, none of a table that there is
     * @param records the profiles
     * @param facts where they come from
     * @param progress is told the number of rows after each batch
     * @param batchSize how many are taken at once
     * @return how many rows were inserted
     * @throws TableExistsException where there is such a table
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long createProfilesTable(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return create(name, new ProfileRows(), records, facts, progress, batchSize);
    }

    /**
     * Adds events to a table. One whose key is there already changes nothing.
     *
     * @param name a table of events
     * @param records the events
     * @param facts where they come from; first and last day of the table become wider, never narrower
     * @param progress is told the number of rows after each batch
     * @param batchSize how many are taken at once
     * @return how many rows were inserted
     * @throws TableNotFoundException where there is no such table
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long appendEvents(
            String name,
            Iterator<EventRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return append(name, new EventRows(), records, facts, progress, batchSize);
    }

    /**
     * Adds profiles to a table. One whose key is there already changes nothing.
     *
     * @param name a table of profiles
     * @param records the profiles
     * @param facts where they come from
     * @param progress is told the number of rows after each batch
     * @param batchSize how many are taken at once
     * @return how many rows were inserted
     * @throws TableNotFoundException where there is no such table
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long appendProfiles(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return append(name, new ProfileRows(), records, facts, progress, batchSize);
    }

    /**
     * Makes a table of events in the place of one that may be there, which stays until the new one is whole.
     *
     * @param name its name, none of a table that was not loaded
     * @param records the events
     * @param facts where they come from
     * @param progress is told the number of rows after each batch
     * @param batchSize how many are taken at once
     * @return how many rows were inserted
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long replaceEvents(
            String name,
            Iterator<EventRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return replace(name, new EventRows(), records, facts, progress, batchSize);
    }

    /**
     * Makes a table of profiles in the place of one that may be there, which stays until the new one is whole.
     *
     * @param name its name, none of a table that was not loaded
     * @param records the profiles
     * @param facts where they come from
     * @param progress is told the number of rows after each batch
     * @param batchSize how many are taken at once
     * @return how many rows were inserted
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long replaceProfiles(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return replace(name, new ProfileRows(), records, facts, progress, batchSize);
    }

    /**
     * The loaded tables.
     *
     * @return one entry each, by name
     */
    public List<TableInfo> listTables() {
        checkOpen();
        return metadata.all().stream()
                .map(line -> new TableInfo(
                        line.name(),
                        line.metadata().type(),
                        line.rowCount(),
                        line.metadata().fetchedAt()))
                .toList();
    }

    /**
     * The columns of a table, a loaded one or another.
     *
     * @param name the table
     * @return its columns, in order
     * @throws TableNotFoundException where there is no such table
     */
    public TableSchema getSchema(String name) {
        checkOpen();
        List<ColumnInfo> columns = new ArrayList<>();
        database.forEach(
                """
                SELECT column_name, data_type, is_nullable FROM duckdb_columns()
                WHERE database_name = current_database() AND schema_name = 'main' AND lower(table_name) = lower(?)
                ORDER BY column_index
                """, row -> columns.add(new ColumnInfo(row.getString(1), row.getString(2), row.getBoolean(3))), name);
        if (columns.isEmpty()) {
            throw notFound(name);
        }
        return new TableSchema(name, columns);
    }

    /**
     * Where the rows of a loaded table come from.
     *
     * @param name the table
     * @return its metadata
     * @throws TableNotFoundException where no such table was loaded
     */
    public TableMetadata getMetadata(String name) {
        checkOpen();
        return metadata.of(name).orElseThrow(() -> notFound(name)).metadata();
    }

    /**
     * Whether there is a table or a view of a name.
     *
     * @param name the name; upper and lower case are the same
     * @return true for tables that were not loaded as well
     */
    public boolean tableExists(String name) {
        checkOpen();
        return database.first("""
                        SELECT count(*) FROM (
                            SELECT table_name FROM duckdb_tables()
                            WHERE database_name = current_database() AND schema_name = 'main'
                            UNION ALL
                            SELECT view_name FROM duckdb_views()
                            WHERE database_name = current_database() AND schema_name = 'main')
                        WHERE lower(table_name) = lower(?)
                        """, row -> row.getLong(1) > 0, name).orElse(false);
    }

    /**
     * Drops a loaded table with its metadata.
     *
     * @param name the table
     * @throws TableNotFoundException where no such table was loaded; tables of others are never dropped
     */
    public void dropTable(String name) {
        checkWritable();
        MetadataTable.Line line = metadata.of(name).orElseThrow(() -> notFound(name));
        TableName table = new TableName(line.name());
        database.transaction(connection -> {
            database.execute("DROP TABLE IF EXISTS " + table.quoted());
            metadata.remove(table.text());
            return null;
        });
    }

    /**
     * Executes a statement.
     *
     * @param sql the statement, with {@code ?} for each value
     * @param values the values
     * @return how many rows it changed; 0 for a statement that changes none
     * @throws QueryException where it fails
     */
    public long execute(String sql, Object... values) {
        return answer(
                sql, values, statement -> statement.execute() ? 0L : Math.max(0, statement.getLargeUpdateCount()));
    }

    /**
     * Reads the first value of a query.
     *
     * @param sql the query, with {@code ?} for each value
     * @param values the values
     * @return the first column of the first row; null where that is NULL, and where there is no row
     * @throws QueryException where it fails
     */
    public Object executeScalar(String sql, Object... values) {
        return answer(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1) : null;
            }
        });
    }

    /**
     * Reads all rows of a query.
     *
     * @param sql the query, with {@code ?} for each value
     * @param values the values
     * @return the rows, each with a value for each column; NULL is null
     * @throws QueryException where it fails
     */
    public List<List<Object>> executeRows(String sql, Object... values) {
        return answer(sql, values, statement -> {
            List<List<Object>> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                while (rows.next()) {
                    List<Object> row = new ArrayList<>(columns);
                    for (int i = 1; i <= columns; i++) {
                        row.add(rows.getObject(i));
                    }
                    all.add(Collections.unmodifiableList(row));
                }
            }
            return Collections.unmodifiableList(all);
        });
    }

    /** Closes the database; an ephemeral one is gone then. Closing twice is fine. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                database.close();
            } finally {
                afterwards.run();
            }
        }
    }

    private <R> long create(
            String name,
            RowWriter<R> rows,
            Iterator<? extends R> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        checkWritable();
        TableName table = checked(name, rows, facts);
        return database.transaction(connection -> {
            if (tableExists(table.text())) {
                throw new TableExistsException(table.text());
            }
            return make(table, rows, records, facts, progress, batchSize);
        });
    }

    private <R> long replace(
            String name,
            RowWriter<R> rows,
            Iterator<? extends R> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        checkWritable();
        TableName table = checked(name, rows, facts);
        return database.transaction(connection -> {
            if (tableExists(table.text())) {
                if (metadata.of(table.text()).isEmpty()) {
                    throw TableExistsException.notLoaded(table.text());
                }
                database.execute("DROP TABLE " + table.quoted());
            }
            return make(table, rows, records, facts, progress, batchSize);
        });
    }

    private <R> long make(
            TableName table,
            RowWriter<R> rows,
            Iterator<? extends R> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        metadata.create();
        metadata.remove(table.text());
        database.execute("CREATE TABLE " + table.quoted() + " (" + rows.columns() + ")");
        long inserted = load(table, rows).store(records, batchSize, progress);
        metadata.put(new MetadataTable.Line(table.text(), withDays(table, facts), count(table)));
        return inserted;
    }

    private <R> long append(
            String name,
            RowWriter<R> rows,
            Iterator<? extends R> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        checkWritable();
        MetadataTable.Line line =
                metadata.of(name).filter(found -> tableExists(name)).orElseThrow(() -> notFound(name));
        TableName table = checked(line.name(), rows, facts);
        if (line.metadata().type() != facts.type()) {
            throw new InvalidMetadataException(
                    "The table '" + table.text() + "' holds "
                            + line.metadata().type().text() + ", not "
                            + facts.type().text() + ".",
                    "Append to a table of the same type, or make a new one.");
        }
        return database.transaction(connection -> {
            TableLoad<R> load = load(table, rows);
            load.keepStoredRows();
            long inserted = load.store(records, batchSize, progress);
            TableMetadata widened = widened(line.metadata(), withDays(table, facts));
            metadata.put(new MetadataTable.Line(table.text(), widened, count(table)));
            return inserted;
        });
    }

    // A database in memory may take what there is.
    private <R> TableLoad<R> load(TableName table, RowWriter<R> rows) {
        return new TableLoad<>(database, table, rows, path().map(file -> new LoadMemory(database)));
    }

    private static TableName checked(String name, RowWriter<?> rows, TableMetadata facts) {
        TableName table = new TableName(name);
        if (facts.type() != rows.type()) {
            throw new InvalidMetadataException(
                    "The metadata say " + facts.type().text() + ", the records are "
                            + rows.type().text() + ".",
                    "Give metadata of the type " + rows.type().text() + ".");
        }
        return table;
    }

    /** Where nobody said for which days the events were fetched, those of the events stand in. */
    private TableMetadata withDays(TableName table, TableMetadata facts) {
        if (facts.type() == TableType.PROFILES || (facts.fromDate() != null && facts.toDate() != null)) {
            return facts;
        }
        return database.first(
                        "SELECT min(event_time)::DATE, max(event_time)::DATE FROM " + table.quoted(),
                        row -> new TableMetadata(
                                facts.type(),
                                facts.fetchedAt(),
                                facts.fromDate() == null ? row.getObject(1, LocalDate.class) : facts.fromDate(),
                                facts.toDate() == null ? row.getObject(2, LocalDate.class) : facts.toDate(),
                                facts.filterEvents(),
                                facts.filterWhere()))
                .orElseThrow();
    }

    private static TableMetadata widened(TableMetadata before, TableMetadata added) {
        return new TableMetadata(
                before.type(),
                either(before.fetchedAt(), added.fetchedAt(), (a, b) -> a.isAfter(b) ? a : b),
                either(before.fromDate(), added.fromDate(), (a, b) -> a.isBefore(b) ? a : b),
                either(before.toDate(), added.toDate(), (a, b) -> a.isAfter(b) ? a : b),
                added.filterEvents(),
                added.filterWhere());
    }

    private static <T> T either(T before, T added, BinaryOperator<T> choice) {
        if (before == null) {
            return added;
        }
        return added == null ? before : choice.apply(before, added);
    }

    private long count(TableName table) {
        return database.first("SELECT count(*) FROM " + table.quoted(), row -> row.getLong(1))
                .orElseThrow();
    }

    private TableNotFoundException notFound(String name) {
        return new TableNotFoundException(
                name, metadata.all().stream().map(MetadataTable.Line::name).toList());
    }

    private <T> T answer(String sql, Object[] values, StatementWork<T> work) {
        checkOpen();
        return failingAsQuery(
                sql,
                () -> database.work(connection -> {
                    try (PreparedStatement statement = connection.prepareStatement(sql)) {
                        for (int i = 0; i < values.length; i++) {
                            statement.setObject(i + 1, values[i]);
                        }
                        return work.on(statement);
                    }
                }));
    }

    private static <T> T failingAsQuery(String sql, Supplier<T> work) {
        try {
            return work.get();
        } catch (DatabaseException e) {
            if (DatabaseException.FAILED.equals(e.code())) {
                throw new QueryException(sql, e.getCause());
            }
            throw e;
        }
    }

    private interface StatementWork<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private void checkOpen() {
        if (closed) {
            throw new EngineClosedException();
        }
    }

    private void checkWritable() {
        checkOpen();
        if (readOnly) {
            throw new ReadOnlyException();
        }
    }
}
