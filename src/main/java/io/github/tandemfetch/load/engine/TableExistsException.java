package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import java.util.Map;

/** There is a table of that name already. */
public final class TableExistsException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    private final String table;

    TableExistsException(String table) {
        this(table, "Append to it (--append), replace it (--replace), or choose another name.");
    }

    private TableExistsException(String table, String remedy) {
        super("TABLE_EXISTS", "There is a table '" + table + "' already.", remedy, ExitStatus.INVALID_USAGE, null);
        this.table = table;
    }

    static TableExistsException notLoaded(String table) {
        return new TableExistsException(table, "It was not loaded with tandem and is left alone: choose another name.");
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("table", table);
    }
}
