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
 * An open DuckDB file. Times of a session are UTC. Not for use by several threads at once.
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

    /**
     * Work on the connection that may fail in the engine.
     *
     * @param <T> what it gives
     */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does the work.
         *
         * @param connection the open connection; neither closed nor kept by the work
         * @return the result
         * @throws SQLException where the engine fails
         */
        T on(DuckDBConnection connection) throws SQLException;
    }

    /**
     * The file that is open.
     *
     * @return its path
     */
    public Path file() {
        return file.path();
    }

    /**
     * Does some work on the connection, outside of any transaction of its own.
     *
     * @param work what to do
     * @param <T> what it gives
     * @return the work's result
     * @throws DatabaseException where the engine fails
     */
    public <T> T work(Work<T> work) {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw EngineFailures.onWork(file(), e);
        }
    }

    /**
     * Does some work in one transaction: all of it is stored, or nothing.
     *
     * @param work what to do
     * @param <T> what it gives
     * @return the work's result
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

    /** Has the engine bring its file up to date, and waits for the transactions of the other sessions before. */
    void checkpoint() {
        file.writing().writeLock().lock();
        try {
            execute("CHECKPOINT");
            file.protectJournal();
        } finally {
            file.writing().writeLock().unlock();
        }
    }

    /**
     * Executes statements that need no values and give no rows.
     *
     * @param sql one or several statements
     * @throws DatabaseException where the engine fails
     */
    public void execute(String sql) {
        work(c -> {
            try (Statement statement = c.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    /**
     * Executes one statement with values.
     *
     * @param sql the statement, with {@code ?} for each value
     * @param values the values
     * @return how many rows it changed
     * @throws DatabaseException where the engine fails
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
     * @param sql the query, with {@code ?} for each value
     * @param row reads the row
     * @param values the values
     * @param <T> what the row becomes
     * @return empty where the query has no row, or the row becomes null
     * @throws DatabaseException where the engine fails
     */
    public <T> Optional<T> first(String sql, RowReader<T> row, Object... values) {
        return query(sql, rows -> rows.next() ? Optional.ofNullable(row.read(rows)) : Optional.<T>empty(), values);
    }

    /**
     * Hands every row of a query on, one after the other.
     *
     * @param sql the query, with {@code ?} for each value
     * @param row takes the row
     * @param values the values
     * @throws DatabaseException where the engine fails
     */
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
     * Whether a table is in this database. For a table that is there, this is ten times as quick as a look through the
     * catalog, for which the engine first makes all of its own views. Not for use in a transaction.
     *
     * @param table the table's name
     * @return true where it can be read
     * @throws DatabaseException where the engine fails
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
     * Opens the same file once more, for another thread. What one of the two writes, the other sees once it is
     * committed; temporary tables are each one's own.
     *
     * @return another session, to be closed
     * @throws DatabaseException where the engine fails
     */
    public Database anotherSession() {
        Database session = work(open -> new Database(file, open.duplicate()));
        file.sessionOpened();
        session.execute(SESSION_SETTINGS);
        return session;
    }

    /**
     * Closes this session, and with the last one the file. Closing twice is fine.
     *
     * @throws DatabaseException where the engine fails, or a file that was written to is no longer where it was
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

    /**
     * Reads a row of a result.
     *
     * @param <T> what the row becomes
     */
    @FunctionalInterface
    public interface RowReader<T> {
        /**
         * Reads the row that the result stands on.
         *
         * @param row the result; not to be moved
         * @return what the row says
         * @throws SQLException where a column cannot be read
         */
        T read(ResultSet row) throws SQLException;
    }

    /** Takes a row of a result. */
    @FunctionalInterface
    public interface RowConsumer {
        /**
         * Takes the row that the result stands on.
         *
         * @param row the result; not to be moved
         * @throws SQLException where a column cannot be read
         */
        void accept(ResultSet row) throws SQLException;
    }
}
