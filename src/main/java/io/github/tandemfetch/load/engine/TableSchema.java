package io.github.tandemfetch.load.engine;

import java.util.List;

/**
 * The columns of a table, in order.
 *
 * @param tableName the name in its original case
 */
public record TableSchema(String tableName, List<ColumnInfo> columns) {
    public TableSchema {
        columns = List.copyOf(columns);
    }
}
