package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.TableSummary;
import io.github.tandemfetch.domain.TimedTable;
import java.time.Instant;
import java.util.List;

/**
 * The tables of a database.
 *
 * @param tables those that are there; empty where there is no database yet
 * @param asOf when they were looked at
 * @param current whether they are still so; false while somebody writes to the database
 */
public record TableListing(List<TableSummary> tables, Instant asOf, boolean current) {
    /** Keeps its own copy of the tables. */
    public TableListing {
        tables = List.copyOf(tables);
    }

    /**
     * One of the tables.
     *
     * @param name its name
     * @return the table
     * @throws JobException where it is no table that can be exported, or is not there
     */
    public TableSummary named(String name) {
        return tables.stream()
                .filter(each -> each.table().tableName().equals(name))
                .findFirst()
                .orElseThrow(JobException::unknownTable);
    }

    /**
     * The names of the columns of a table.
     *
     * @return empty where the table is not there
     */
    public List<String> columnNames(TimedTable table) {
        return tables.stream()
                .filter(each -> each.table().equals(table))
                .flatMap(each -> each.columns().stream())
                .map(column -> column.name())
                .toList();
    }

    TableListing outdated() {
        return new TableListing(tables, asOf, false);
    }
}
