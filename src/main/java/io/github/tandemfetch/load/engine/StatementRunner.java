package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Runs a caller's SQL; failures carry the statement. */
final class StatementRunner {
    private final Database database;

    StatementRunner(Database database) {
        this.database = database;
    }

    long execute(String sql, Object... values) {
        return answer(
                sql, values, statement -> statement.execute() ? 0L : Math.max(0, statement.getLargeUpdateCount()));
    }

    Object scalar(String sql, Object... values) {
        return answer(sql, values, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getObject(1) : null;
            }
        });
    }

    List<List<Object>> rows(String sql, Object... values) {
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

    private <T> T answer(String sql, Object[] values, StatementWork<T> work) {
        try {
            return database.work(connection -> {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    for (int i = 0; i < values.length; i++) {
                        statement.setObject(i + 1, values[i]);
                    }
                    return work.on(statement);
                }
            });
        } catch (DatabaseException e) {
            if (DatabaseException.FAILED.equals(e.code())) {
                throw EngineErrors.statementFailed(sql, e.getCause());
            }
            throw e;
        }
    }

    private interface StatementWork<T> {
        T on(PreparedStatement statement) throws SQLException;
    }
}
