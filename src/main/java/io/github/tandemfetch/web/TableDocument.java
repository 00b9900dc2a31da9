package io.github.tandemfetch.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.domain.TableSummary;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/**
 * A table as it is told.
 *
 * @param tableName its name
 * @param rowCount how many rows it has
 * @param columns its columns, in order
 * @param timeColumn the column that days are about
 * @param firstTimestamp the earliest time in it, ISO 8601 in UTC; null where it holds none
 * @param lastTimestamp the latest time in it, ISO 8601 in UTC; null where it holds none
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record TableDocument(
        String tableName,
        long rowCount,
        List<Column> columns,
        String timeColumn,
        String firstTimestamp,
        String lastTimestamp) {
    /**
     * A column as it is told.
     *
     * @param name its name
     * @param type the engine's name of its type
     */
    @RegisterForReflection
    public record Column(String name, String type) {}

    static TableDocument of(TableSummary table) {
        return new TableDocument(
                table.table().tableName(),
                table.rows(),
                columns(table),
                table.table().timeColumn(),
                Objects.toString(table.first(), null),
                Objects.toString(table.last(), null));
    }

    static List<Column> columns(TableSummary table) {
        return table.columns().stream()
                .map(column -> new Column(column.name(), column.type()))
                .toList();
    }
}
