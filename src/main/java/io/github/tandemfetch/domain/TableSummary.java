package io.github.tandemfetch.domain;

import io.github.tandemfetch.domain.TableCatalog.Column;
import java.time.Instant;
import java.util.List;

/**
 * The columns of a table, in order, its row count and its time range.
 *
 * @param first the earliest time in its time column, UTC; null for an empty table
 * @param last the latest time in its time column, UTC; null for an empty table
 */
public record TableSummary(TimedTable table, long rows, List<Column> columns, Instant first, Instant last) {
    public TableSummary {
        columns = List.copyOf(columns);
    }
}
