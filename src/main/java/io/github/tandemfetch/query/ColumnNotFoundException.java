package io.github.tandemfetch.query;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import java.util.List;
import java.util.Map;

/** The table has no such column, or none of the kind that is needed. */
public final class ColumnNotFoundException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String table;

    private ColumnNotFoundException(String table, String message, String remedy) {
        super("COLUMN_NOT_FOUND", message, remedy, ExitStatus.INVALID_USAGE, null);
        this.table = table;
    }

    static ColumnNotFoundException named(String table, String column, List<String> columns) {
        return new ColumnNotFoundException(
                table,
                "The table '" + table + "' has no column '" + column + "'.",
                NearestName.advice(column, columns));
    }

    static ColumnNotFoundException ofKind(String table, String kind, String remedy) {
        return new ColumnNotFoundException(table, "The table '" + table + "' has no " + kind + ".", remedy);
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("table", table);
    }
}
