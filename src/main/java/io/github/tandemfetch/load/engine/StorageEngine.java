package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

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
    private final EngineCatalog catalog;
    private final LoadedTableWriter tables;
    private final StatementRunner statements;
    private boolean closed;

    StorageEngine(Database database, boolean readOnly, Path path, Runnable afterwards) {
        this.database = database;
        this.readOnly = readOnly;
        this.path = path;
        this.afterwards = afterwards;
        MetadataTable metadata = new MetadataTable(database);
        this.catalog = new EngineCatalog(database, metadata);
        // A database in memory may take what there is.
        this.tables = new LoadedTableWriter(database, metadata, catalog, path != null);
        this.statements = new StatementRunner(database);
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
        return loading()
                .create(new Load<>(new TableName(name), new EventRowWriter(), records, facts, progress, batchSize));
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
        return loading()
                .create(new Load<>(new TableName(name), new ProfileRowWriter(), records, facts, progress, batchSize));
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
     * @throws TableNotLoadedException where there is one that was not loaded
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long appendEvents(
            String name,
            Iterator<EventRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return loading()
                .append(new Load<>(new TableName(name), new EventRowWriter(), records, facts, progress, batchSize));
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
     * @throws TableNotLoadedException where there is one that was not loaded
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long appendProfiles(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata facts,
            LoadProgress progress,
            BatchSize batchSize) {
        return loading()
                .append(new Load<>(new TableName(name), new ProfileRowWriter(), records, facts, progress, batchSize));
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
        return loading()
                .replace(new Load<>(new TableName(name), new EventRowWriter(), records, facts, progress, batchSize));
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
        return loading()
                .replace(new Load<>(new TableName(name), new ProfileRowWriter(), records, facts, progress, batchSize));
    }

    /**
     * The loaded tables.
     *
     * @return one entry each, by name
     */
    public List<TableInfo> listTables() {
        return reading().loadedTables();
    }

    /**
     * What is known of a loaded table.
     *
     * @param name the table; upper and lower case are the same
     * @return its entry
     * @throws TableNotFoundException where there is no such table
     * @throws TableNotLoadedException where there is one that was not loaded
     */
    public TableInfo tableInfo(String name) {
        return reading().loaded(name).info();
    }

    /**
     * The columns of a table, a loaded one or another.
     *
     * @param name the table
     * @return its columns, in order
     * @throws TableNotFoundException where there is no such table
     */
    public TableSchema getSchema(String name) {
        return reading().schema(name);
    }

    /**
     * Where the rows of a loaded table come from.
     *
     * @param name the table
     * @return its metadata
     * @throws TableNotFoundException where there is no such table
     * @throws TableNotLoadedException where there is one that was not loaded
     */
    public TableMetadata getMetadata(String name) {
        return reading().loaded(name).metadata();
    }

    /**
     * Whether there is a table or a view of a name.
     *
     * @param name the name; upper and lower case are the same
     * @return true for tables that were not loaded as well
     */
    public boolean tableExists(String name) {
        return reading().hasTable(name);
    }

    /**
     * Drops a loaded table with its metadata.
     *
     * @param name the table
     * @throws TableNotFoundException where there is no such table
     * @throws TableNotLoadedException where there is one that was not loaded; those are never dropped
     */
    public void dropTable(String name) {
        loading().drop(name);
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
        return asking().execute(sql, values);
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
        return asking().scalar(sql, values);
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
        return asking().rows(sql, values);
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

    private LoadedTableWriter loading() {
        checkOpen();
        if (readOnly) {
            throw new ReadOnlyException();
        }
        return tables;
    }

    private EngineCatalog reading() {
        checkOpen();
        return catalog;
    }

    private StatementRunner asking() {
        checkOpen();
        return statements;
    }

    private void checkOpen() {
        if (closed) {
            throw new EngineClosedException();
        }
    }
}
