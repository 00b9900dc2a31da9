package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.StatementFailure;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.SQLException;

/** Runs a person's own statement, which may read the tables of the file and nothing else. */
@Singleton
public class QueryRunner {
    private final DatabaseOpener databases;

    /**
     * Creates the service.
     *
     * @param databases opens the file
     */
    public QueryRunner(DatabaseOpener databases) {
        this.databases = databases;
    }

    /**
     * Runs a statement.
     *
     * @param file the database file
     * @param request the statement
     * @param sink takes the result
     * @throws QueryRefusedException where it is not one statement that only reads
     * @throws QueryFailedException where it is not understood, fails, or takes too long
     */
    public void run(Path file, QueryRequest request, RowSink sink) {
        try (Database database = databases.openForStatements(file)) {
            ReadOnlyStatement asked = new StatementValidator(database).only(request.sql());
            try (QueryTimeout deadline = new QueryTimeout(request.timeout())) {
                database.work(connection -> {
                    try {
                        new QueryExecution(connection, asked, request, deadline).passTo(sink);
                        return null;
                    } catch (SQLException e) {
                        throw failure(request, deadline, e);
                    }
                });
            }
        }
    }

    private static DatabaseException failure(QueryRequest request, QueryTimeout deadline, SQLException e) {
        if (deadline.isOver()) {
            return QueryFailedException.timeout(request.sql(), request.timeout().toSeconds() + " s", e);
        }
        StatementFailure failure = StatementFailure.of(e);
        return failure.kind() == StatementFailure.Kind.FORBIDDEN
                ? new QueryRefusedException("The query was refused: " + failure.message(), e)
                : QueryFailedException.of(request.sql(), failure, e);
    }
}
