package io.github.tandemfetch.query;

import io.github.tandemfetch.store.Database;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.duckdb.StreamedTexts;

/**
 * Has the engine convert every value to text, so that each type has the engine's own form. The column names are read
 * beforehand, since the engine would rename duplicate ones.
 */
final class TextResultReader {
    private final Database database;

    TextResultReader(Database database) {
        this.database = database;
    }

    /** @param sql the query, with a cast of each {@code ?}: without, the engine does not know the columns in advance */
    void read(String sql, RowSink sink, Object... values) {
        readFirst(Long.MAX_VALUE, sql, sink, values);
    }

    /** @param most the maximum number of rows; a LIMIT in the query would keep them all in the engine's memory */
    void readFirst(long most, String sql, RowSink sink, Object... values) {
        database.work(connection -> {
            List<ResultColumn> columns;
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, values);
                columns = columns(statement.getMetaData());
            }
            try (PreparedStatement statement = connection.prepareStatement(asText(sql, columns))) {
                bind(statement, values);
                pass(statement, columns, most, sink);
            }
            return null;
        });
    }

    static List<ResultColumn> columns(ResultSetMetaData metadata) throws SQLException {
        List<ResultColumn> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(ResultColumn.of(metadata.getColumnLabel(i), metadata.getColumnTypeName(i)));
        }
        return columns;
    }

    static String asText(String sql, List<ResultColumn> columns) {
        String texts = IntStream.range(0, columns.size())
                .mapToObj(i -> ValueKind.asText("c" + i, columns.get(i).type()))
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        // The line break ends a comment in the last line.
        return "SELECT " + texts + " FROM (" + sql + "\n) AS result(" + names + ")";
    }

    /** Runs a statement whose columns are all text and passes its first rows. */
    static void pass(PreparedStatement statement, List<ResultColumn> columns, long most, RowSink sink)
            throws SQLException {
        try (StreamedTexts rows = StreamedTexts.of(statement)) {
            sink.begin(columns);
            String[] values = new String[columns.size()];
            for (long row = 0; row < most && rows.next(); row++) {
                for (int i = 0; i < values.length; i++) {
                    values[i] = rows.text(i);
                }
                sink.row(Arrays.asList(values));
            }
        } catch (IOException e) {
            throw QueryErrors.outputNotWritten(e);
        }
    }

    /** Passes texts as the rows of one column. */
    static void pass(Stream<String> texts, List<ResultColumn> column, RowSink sink) {
        try {
            sink.begin(column);
            for (String text : (Iterable<String>) texts::iterator) {
                sink.row(List.of(text));
            }
        } catch (IOException e) {
            throw QueryErrors.outputNotWritten(e);
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
