package io.github.tandemfetch.store;

import io.github.tandemfetch.failure.DatabaseException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.duckdb.DuckDBConnection;
import org.jboss.logging.Logger;

/**
 * An open DuckDB file. The session time zone is UTC. Not thread-safe.
 *
 * <p>Every engine failure leaves this class as a {@link DatabaseException}.
 */
public final class Database implements AutoCloseable {
    static final String SESSION_SETTINGS = "SET TimeZone = 'UTC'";

    private final OpenFile file;
    private final DuckDBConnection connection;
    private boolean closed;

    Database(OpenFile file, DuckDBConnection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Work on the connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** @param connection must not be closed or kept */
        T on(DuckDBConnection connection) throws SQLException;
    }

    public Path file() {
        return file.path();
    }

    /** Runs work outside of a transaction. */
    public <T> T work(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw EngineFailures.onWork(file(), e);
        }
    }

    /**
     * Runs work in a transaction.
     *
     * @throws DatabaseException where the engine fails, or the file was removed or replaced meanwhile
     */
    public <T> T transaction(Work<T> work) {
        file.writing().readLock().lock();
        try {
            return committed(work);
        } finally {
            file.writing().readLock().unlock();
        }
    }

    private <T> T committed(Work<T> work) {
        execute("BEGIN TRANSACTION");
        boolean committed = false;
        try {
            T result = work(work);
            file.requireInPlace();
            execute("COMMIT");
            committed = true;
            file.protectJournal();
            return result;
        } finally {
            if (!committed) {
                rollBack();
            }
        }
    }

    /** Writes all changes to the database file, after waiting for the transactions of other sessions. */
    void checkpoint() {
        file.writing().writeLock().lock();
        try {
            execute("CHECKPOINT");
            file.protectJournal();
        } finally {
            file.writing().writeLock().unlock();
        }
    }

    /** Executes one or several statements. */
    public void execute(String sql) {
        work(c -> {
            try (Statement statement = c.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /**
     * Executes a statement with a {@code ?} for each value.
     *
     * @return the number of changed rows
     */
    public long update(String sql, Object... values) {
        return work(c -> {
            try (PreparedStatement statement = c.prepareStatement(sql)) {
                bind(statement, values);
                return statement.executeLargeUpdate();
            }
        });
    }

    /**
     * Reads the first row of a query.
     *
     * @return empty where there is no row, or the reader returns null
     */
    public <T> Optional<T> first(String sql, RowReader<T> row, Object... values) {
        return query(sql, rows -> rows.next() ? Optional.ofNullable(row.read(rows)) : Optional.<T>empty(), values);
    }

    /** @throws DatabaseException where the engine fails */
    public void forEach(String sql, RowConsumer row, Object... values) {
        query(
                sql,
                rows -> {
                    while (rows.next()) {
                        row.accept(rows);
                    }
                    return null;
                },
                values);
    }

    // The engine plans a statement with values twice: when it is prepared, and when it knows them.
    private <T> T query(String sql, RowReader<T> reader, Object... values) {
        return work(c -> {
            if (values.length == 0) {
                try (Statement statement = c.createStatement();
                        ResultSet rows = statement.executeQuery(sql)) {
                    return reader.read(rows);
                }
            }
            try (PreparedStatement statement = c.prepareStatement(sql)) {
                bind(statement, values);
                try (ResultSet rows = statement.executeQuery()) {
                    return reader.read(rows);
                }
            }
        });
    }

    /**
     * Whether the table exists. For an existing table this is ten times as fast as a query of the catalog. Not for use
     * in a transaction.
     */
    public boolean hasTable(String table) {
        return work(c -> {
            try (Statement statement = c.createStatement()) {
                return statement.execute("SELECT 1 FROM " + Identifier.quoted(table) + " LIMIT 0");
            } catch (SQLException e) {
                if (EngineFailures.isMissingTable(e)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /**
     * Opens another session on the same file, for another thread. Sessions see each other's committed changes, not each
     * other's temporary tables.
     */
    public Database anotherSession() {
        Database session = work(open -> new Database(file, open.duplicate()));
        file.sessionOpened();
        session.execute(SESSION_SETTINGS);
        return session;
    }

    /**
     * Closes this session, and with the last one the file. Closing twice has no effect.
     *
     * @throws DatabaseException where the engine fails, or a file open for writing was moved
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        boolean last = file.sessionCloses();
        try {
            connection.close();
        } catch (SQLException e) {
            throw EngineFailures.onWork(file(), e);
        }
        if (last) {
            file.closed();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private void rollBack() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // The failure that led here is on its way to the person; a connection that cannot even roll back loses
            // its transaction when it closes.
            Logger.getLogger(Database.class).debug("rollback failed", e);
        }
    }

    /** Reads the current row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        /** @param row must not be moved */
        T read(ResultSet row) throws SQLException;
    }

    /** Consumes the current row of a result. */
    @FunctionalInterface
    public interface RowConsumer {
        /** @param row must not be moved */
        void accept(ResultSet row) throws SQLException;
    }
}
