package io.github.tandemfetch.export;

import io.github.tandemfetch.export.PartitionedWriter.Period;
import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.duckdb.DuckDBPreparedStatement;
import org.jboss.logging.Logger;

/** Has the engine write one file after the other, in bounded memory, followed and cancellable. */
final class CopyRunner {
    private static final Logger LOG = Logger.getLogger(CopyRunner.class);
    private static final Effort IN_MEMORY = new Effort(true, false, 100_000);
    private static final Effort PARALLEL = new Effort(false, false, 100_000);
    private static final Effort ONE_THREAD = new Effort(false, true, 100_000);
    private static final Effort SMALL_GROUPS = new Effort(false, true, 30_000);

    private final Database database;
    private final WorkFolder work;
    private final FileLayout layout;
    private final SortingMemory memory;

    CopyRunner(Database database, WorkFolder work, FileLayout layout, SortingMemory memory) {
        this.database = database;
        this.work = work;
        this.layout = layout;
        this.memory = memory;
    }

    long count(SelectedRows rows) {
        return count(database, rows);
    }

    /** How many rows there are to export. */
    static long count(Database database, SelectedRows rows) {
        return database.work(connection -> {
            try (PreparedStatement statement = prepare(connection, rows.count(), rows.values());
                    ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        });
    }

    List<Period> periods(SelectedRows rows, PartitionUnit unit) {
        return database.work(connection -> {
            List<Period> periods = new ArrayList<>();
            try (PreparedStatement statement = prepare(connection, rows.perPeriod(unit), rows.values());
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    periods.add(new Period(result.getObject(1, LocalDate.class), result.getLong(2)));
                }
            }
            return periods;
        });
    }

    /**
     * Writes a file.
     *
     * @param rows its rows
     * @param expected how many they are
     * @param progress hears which part of the work is done, from 0 to 1
     * @return how many rows were written
     */
    long copy(Path file, SelectedRows rows, long expected, DoubleConsumer progress) {
        DatabaseException shortOfMemory = null;
        for (Effort effort : efforts(rows)) {
            try {
                if (take(effort, rows, expected)) {
                    database.execute(effort.oneThread() ? "SET threads = 1" : "RESET threads");
                    return copy(layout.copy(file, rows, expected, effort.rowGroupRows()), rows.values(), progress);
                }
            } catch (DatabaseException e) {
                if (!e.code().equals(DatabaseException.OUT_OF_MEMORY)) {
                    throw e;
                }
                shortOfMemory = e;
            }
        }
        throw shortOfMemory;
    }

    private boolean take(Effort effort, SelectedRows rows, long expected) {
        if (effort.inMemory()) {
            return memory.takeAllFor(rows, expected);
        }
        memory.takeLittle();
        return true;
    }

    // Where the rows do not fit into memory: with several threads the engine holds several stretches of rows at once.
    // Where wide rows make that more than its memory, one thread does, and in the end smaller row groups. Rows of JSON
    // are that wide as text, so that the second try would be in vain.
    private List<Effort> efforts(SelectedRows rows) {
        boolean wide = rows.columns().stream().anyMatch(column -> column.type().equals("JSON"));
        return layout.hasRowGroups() || !wide
                ? List.of(IN_MEMORY, PARALLEL, ONE_THREAD, SMALL_GROUPS)
                : List.of(IN_MEMORY, ONE_THREAD);
    }

    private long copy(String sql, Map<String, Object> values, DoubleConsumer progress) {
        return database.work(connection -> {
            try (DuckDBPreparedStatement statement = prepare(connection, sql, values)) {
                work.whileRunning(() -> cancel(statement));
                try (CopyProgress follower = new CopyProgress(statement, progress)) {
                    follower.start();
                    return statement.executeLargeUpdate();
                } finally {
                    work.whileRunning(() -> {});
                }
            }
        });
    }

    private static DuckDBPreparedStatement prepare(Connection connection, String sql, Map<String, Object> values)
            throws SQLException {
        Placeholders placeholders = new Placeholders(sql);
        DuckDBPreparedStatement statement =
                connection.prepareStatement(placeholders.positional()).unwrap(DuckDBPreparedStatement.class);
        int position = 0;
        for (String name : placeholders.inOrder()) {
            position++;
            statement.setObject(position, values.get(name));
        }
        return statement;
    }

    private static void cancel(DuckDBPreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            LOG.debug("The statement has ended already", e);
        }
    }

    private record Effort(boolean inMemory, boolean oneThread, int rowGroupRows) {}
}
