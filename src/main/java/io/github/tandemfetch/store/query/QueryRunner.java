package io.github.tandemfetch.store.query;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseException;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import io.github.tandemfetch.store.StatementFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Runs a person's own statement, which may read the tables of the file and nothing else. */
@ApplicationScoped
public class QueryRunner {
    private static final String STATEMENT = "asked";
    private static final String AS_TEXT = "asked_as_text";

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
            String sql = new ReadStatement(database).only(request.sql());
            try (Deadline deadline = new Deadline(request.timeout())) {
                database.work(connection -> {
                    try {
                        run(connection, sql, request, deadline, sink);
                        return null;
                    } catch (SQLException e) {
                        throw failure(request, deadline, e);
                    }
                });
            }
        }
    }

    private static void run(
            DuckDBConnection connection, String sql, QueryRequest request, Deadline deadline, RowSink sink)
            throws SQLException {
        String execution = execution(connection, STATEMENT, sql, request.parameters());
        List<ResultColumn> columns;
        try (PreparedStatement statement = connection.prepareStatement(execution)) {
            columns = TextRows.columns(statement.getMetaData());
        }
        String limited = TextRows.asText(sql, columns)
                + (request.limit().isEmpty() ? "" : " LIMIT " + request.limit().getAsLong());
        String executionAsText = execution(connection, AS_TEXT, limited, request.parameters());
        try (PreparedStatement statement = connection.prepareStatement(executionAsText)) {
            deadline.watch(statement);
            TextRows.pass(statement, columns, sink);
        } catch (SQLException e) {
            if (StatementFailure.isUnexplained(e) && !deadline.isOver()) {
                explain(connection, executionAsText, deadline);
            }
            throw e;
        }
    }

    /** Runs a statement once more without its result, which fails with the reason. */
    private static void explain(DuckDBConnection connection, String execution, Deadline deadline) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            deadline.watch(statement);
            statement.execute("EXPLAIN ANALYZE " + execution);
        }
    }

    /** The driver binds by position only, so parameters with names go the engine's own way. */
    private static String execution(
            DuckDBConnection connection, String name, String sql, Map<String, String> parameters) throws SQLException {
        if (parameters.isEmpty()) {
            return sql;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE " + name + " AS " + sql);
        }
        return "EXECUTE " + name
                + parameters.entrySet().stream()
                        .map(parameter ->
                                Identifier.quoted(parameter.getKey()) + " := " + Literal.of(parameter.getValue()))
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    private static DatabaseException failure(QueryRequest request, Deadline deadline, SQLException e) {
        if (deadline.isOver()) {
            return QueryFailedException.timeout(request.sql(), request.timeout().toSeconds() + " s", e);
        }
        StatementFailure failure = StatementFailure.of(e);
        return failure.kind() == StatementFailure.Kind.FORBIDDEN
                ? new QueryRefusedException("The query was refused: " + failure.message(), e)
                : QueryFailedException.of(request.sql(), failure, e);
    }
}
