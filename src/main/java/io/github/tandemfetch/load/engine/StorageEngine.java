package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Streams events and profiles into tables of their own, keeps a row about each in {@code _metadata}, and runs SQL.
 * Whatever fails, a table is complete or absent. Not thread-safe.
 *
 * <p>Every failure is a {@link DatabaseException} with a code, a message, details and a remedy. An exception of an
 * iterator or of a progress callback is rethrown unchanged, and nothing is stored.
 *
 * <p>A table name has 1 to 255 letters A to Z, digits and underscores, does not start with an underscore, and is not
 * that of a pump data table; case is ignored. The methods that store records return the number of rows inserted: of
 * records with the same key, the first is kept.
 */
public final class StorageEngine implements AutoCloseable {
    private final Database database;
    private final boolean readOnly;
    private final Path path;
    private final Runnable onClose;
    private final EngineCatalog catalog;
    private final LoadedTableWriter tables;
    private final StatementRunner statements;
    private boolean closed;

    StorageEngine(Database database, boolean readOnly, Path path, Runnable onClose) {
        this.database = database;
        this.readOnly = readOnly;
        this.path = path;
        this.onClose = onClose;
        MetadataTable metadataTable = new MetadataTable(database);
        this.catalog = new EngineCatalog(database, metadataTable);
        // Only a database in memory may use all of the memory.
        this.tables = new LoadedTableWriter(database, metadataTable, catalog, path != null);
        this.statements = new StatementRunner(database);
    }

    /** The database file; empty for a database in memory. */
    public Optional<Path> path() {
        return Optional.ofNullable(path);
    }

    public boolean isReadOnly() {
        return readOnly;
    }

    /**
     * @throws DatabaseException where the table exists
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long createEventsTable(
            String name,
            Iterator<EventRecord> records,
            TableMetadata metadata,
            LoadProgress progress,
            BatchSize batchSize) {
        return writer().create(
                        new Load<>(new TableName(name), new EventRowWriter(), records, metadata, progress, batchSize));
    }

    /**
     * @throws DatabaseException where the table exists
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long createProfilesTable(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata metadata,
            LoadProgress progress,
            BatchSize batchSize) {
        return writer().create(new Load<>(
                new TableName(name), new ProfileRowWriter(), records, metadata, progress, batchSize));
    }

    /**
     * Appends events. The table's date range is extended, never narrowed.
     *
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long appendEvents(
            String name,
            Iterator<EventRecord> records,
            TableMetadata metadata,
            LoadProgress progress,
            BatchSize batchSize) {
        return writer().append(
                        new Load<>(new TableName(name), new EventRowWriter(), records, metadata, progress, batchSize));
    }

    /**
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long appendProfiles(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata metadata,
            LoadProgress progress,
            BatchSize batchSize) {
        return writer().append(new Load<>(
                new TableName(name), new ProfileRowWriter(), records, metadata, progress, batchSize));
    }

    /**
     * Creates a table of events or replaces a loaded one, which remains until the new one is complete.
     *
     * @throws DatabaseException where the table exists and was not loaded
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long replaceEvents(
            String name,
            Iterator<EventRecord> records,
            TableMetadata metadata,
            LoadProgress progress,
            BatchSize batchSize) {
        return writer().replace(
                        new Load<>(new TableName(name), new EventRowWriter(), records, metadata, progress, batchSize));
    }

    /**
     * Creates a table of profiles or replaces a loaded one, which remains until the new one is complete.
     *
     * @throws DatabaseException where the table exists and was not loaded
     * @throws InvalidRecordException where a record cannot be stored
     */
    public long replaceProfiles(
            String name,
            Iterator<ProfileRecord> records,
            TableMetadata metadata,
            LoadProgress progress,
            BatchSize batchSize) {
        return writer().replace(new Load<>(
                new TableName(name), new ProfileRowWriter(), records, metadata, progress, batchSize));
    }

    /** The loaded tables, by name. */
    public List<TableInfo> listTables() {
        return catalog().loadedTables();
    }

    /**
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded
     */
    public TableInfo tableInfo(String name) {
        return catalog().loaded(name);
    }

    /**
     * The columns of any table, in order.
     *
     * @throws DatabaseException where there is no such table
     */
    public TableSchema getSchema(String name) {
        return catalog().schema(name);
    }

    /**
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded
     */
    public TableMetadata getMetadata(String name) {
        return catalog().loaded(name).metadata();
    }

    /** Whether any table or view has the name, ignoring case. */
    public boolean tableExists(String name) {
        return catalog().hasTable(name);
    }

    /**
     * Drops a loaded table with its metadata.
     *
     * @throws DatabaseException where there is no such table
     * @throws DatabaseException where the table was not loaded; such tables are never dropped
     */
    public void dropTable(String name) {
        writer().drop(name);
    }

    /**
     * Executes a statement with a {@code ?} for each value.
     *
     * @return the number of changed rows; 0 for a statement that changes none
     * @throws DatabaseException where it fails
     */
    public long execute(String sql, Object... values) {
        return statements().execute(sql, values);
    }

    /**
     * Executes a query with a {@code ?} for each value.
     *
     * @return the first column of the first row; null for NULL and for an empty result
     * @throws DatabaseException where it fails
     */
    public Object executeScalar(String sql, Object... values) {
        return statements().scalar(sql, values);
    }

    /**
     * Executes a query with a {@code ?} for each value.
     *
     * @throws DatabaseException where it fails
     */
    public List<List<Object>> executeRows(String sql, Object... values) {
        return statements().rows(sql, values);
    }

    /** Closes the database and deletes an ephemeral one. Closing twice has no effect. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                database.close();
            } finally {
                onClose.run();
            }
        }
    }

    private LoadedTableWriter writer() {
        checkOpen();
        if (readOnly) {
            throw EngineErrors.readOnly();
        }
        return tables;
    }

    private EngineCatalog catalog() {
        checkOpen();
        return catalog;
    }

    private StatementRunner statements() {
        checkOpen();
        return statements;
    }

    private void checkOpen() {
        if (closed) {
            throw EngineErrors.closed();
        }
    }
}
