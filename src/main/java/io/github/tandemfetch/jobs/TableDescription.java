package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.domain.TimedTable;
import java.time.Instant;
import java.util.List;

/**
 * A table that can be exported, as it was when it was last looked at.
 *
 * @param table the table
 * @param rows how many rows it has
 * @param columns its columns, in order
 * @param first the earliest time in its time column, UTC; null where it holds none
 * @param last the latest time in its time column, UTC; null where it holds none
 */
public record TableDescription(TimedTable table, long rows, List<Column> columns, Instant first, Instant last) {
    /** Keeps its own copy of the columns. */
    public TableDescription {
        columns = List.copyOf(columns);
    }
}
