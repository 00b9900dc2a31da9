package io.github.tandemfetch.query;

import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** Runs a validated statement on a locked-down connection. */
final class QueryExecution {
    private static final String STATEMENT = "asked";
    private static final String AS_TEXT = "asked_as_text";
    private static final long MOST_ROWS_IN_MEMORY = 10_000;
    private static final List<ResultColumn> PLAN = List.of(ResultColumn.of("plan", "VARCHAR"));

    private final DuckDBConnection connection;
    private final ReadOnlyStatement query;
    private final QueryRequest request;
    private final QueryTimeout timeout;

    QueryExecution(DuckDBConnection connection, ReadOnlyStatement query, QueryRequest request, QueryTimeout timeout) {
        this.connection = connection;
        this.query = query;
        this.request = request;
        this.timeout = timeout;
    }

    void passTo(RowSink sink) throws SQLException {
        timeout.watch(connection);
        if (query.columnsFromRows() && !request.parameters().isEmpty()) {
            throw QueryErrors.refused(
                    "PIVOT without a list of columns takes no parameters.",
                    "List the columns: PIVOT … ON column IN (…), or write the values into the query.");
        }
        if (query.isExplained()) {
            passPlan(sink);
            return;
        }
        List<ResultColumn> columns = columns();
        String execution = execution(AS_TEXT, limited(TextResultReader.asText(query.sql(), columns)));
        try (PreparedStatement statement = connection.prepareStatement(execution)) {
            TextResultReader.pass(statement, columns, request.limit().orElse(Long.MAX_VALUE), sink);
        }
    }

    /** Returns each line of the plan as a row. */
    private void passPlan(RowSink sink) throws SQLException {
        String execution = query.explanation() + " " + execution(STATEMENT, query.sql());
        try (Statement statement = connection.createStatement()) {
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery(execution)) {
                while (rows.next()) {
                    plan.append(rows.getString(2)).append('\n');
                }
            }
            TextResultReader.pass(
                    plan.toString()
                            .stripTrailing()
                            .lines()
                            .limit(request.limit().orElse(Long.MAX_VALUE)),
                    PLAN,
                    sink);
        }
    }

    private List<ResultColumn> columns() throws SQLException {
        if (query.columnsFromRows()) {
            try (Statement statement = connection.createStatement()) {
                return TextResultReader.columns(statement
                        .executeQuery("SELECT * FROM (" + query.sql() + "\n) LIMIT 0")
                        .getMetaData());
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(execution(STATEMENT, query.sql()))) {
            return TextResultReader.columns(statement.getMetaData());
        }
    }

    // A LIMIT makes a query for a few rows faster, but the engine keeps that many in memory.
    private String limited(String sql) {
        long limit = request.limit().orElse(Long.MAX_VALUE);
        return limit > MOST_ROWS_IN_MEMORY ? sql : sql + " LIMIT " + limit;
    }

    /** The driver binds by position only, so parameters with names go the engine's own way. */
    private String execution(String name, String sql) throws SQLException {
        Map<String, String> parameters = request.parameters();
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
}
