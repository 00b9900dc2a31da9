package io.github.tandemfetch.load.engine;

import java.util.List;

/**
 * The columns of a table.
 *
 * @param tableName the table, in the case in which it was made
 * @param columns its columns, in order
 */
public record TableSchema(String tableName, List<ColumnInfo> columns) {
    /** Keeps the columns from changing. */
    public TableSchema {
        columns = List.copyOf(columns);
    }
}
