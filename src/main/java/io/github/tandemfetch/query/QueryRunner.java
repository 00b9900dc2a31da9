package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.StatementFailure;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/** Runs a user's read-only query on the tables of a database file. */
@Singleton
public class QueryRunner {
    private final DatabaseOpener databases;

    public QueryRunner(DatabaseOpener databases) {
        this.databases = databases;
    }

    /**
     * Runs a query.
     *
     * @throws DatabaseException where it is not one read-only statement
     * @throws QueryFailedException where it is invalid, fails, or exceeds its timeout
     */
    public void run(Path file, QueryRequest request, RowSink sink) {
        try (Database database = databases.openForStatements(file)) {
            ReadOnlyStatement query = new StatementValidator(database).validate(request.sql());
            try (QueryTimeout timeout = new QueryTimeout(request.timeout())) {
                database.work(connection -> {
                    try {
                        new QueryExecution(connection, query, request, timeout).passTo(sink);
                        return null;
                    } catch (SQLException e) {
                        throw failure(request, timeout, e);
                    }
                });
            }
        }
    }

    private static DatabaseException failure(QueryRequest request, QueryTimeout timeout, SQLException e) {
        if (timeout.isExpired()) {
            return QueryFailedException.timeout(request.sql(), shown(request.timeout()), e);
        }
        StatementFailure failure = StatementFailure.of(e);
        return failure.kind() == StatementFailure.Kind.FORBIDDEN
                ? QueryErrors.refused("The query was refused: " + failure.message(), e)
                : QueryFailedException.of(request.sql(), failure, e);
    }

    private static String shown(Duration timeout) {
        return timeout.toMillis() % 1_000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
    }
}
