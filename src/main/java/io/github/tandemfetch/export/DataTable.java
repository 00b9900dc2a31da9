package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableSummary;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table that can be exported.
 *
 * @param name one of the tables of pump data
 * @param schema the engine's name of each column's type, in the table's order
 * @param rowCount the number of rows
 * @param firstTimestamp the earliest time in the table's time column; null where it holds none
 * @param lastTimestamp the latest time in the table's time column; null where it holds none
 */
@RegisterForReflection
@JsonPropertyOrder({"name", "schema", "row_count", "first_timestamp", "last_timestamp"})
public record DataTable(
        @JsonProperty("name") String name,
        @JsonProperty("schema") Map<String, String> schema,
        @JsonProperty("row_count") long rowCount,

        @JsonProperty("first_timestamp") @JsonSerialize(using = PlainTextSerializer.class)
        Instant firstTimestamp,

        @JsonProperty("last_timestamp") @JsonSerialize(using = PlainTextSerializer.class)
        Instant lastTimestamp) {
    /**
     * Keeps its own copy of the schema.
     *
     * @throws IllegalArgumentException where the name is no table's, there is no column, the number of rows is
     *     negative, or the times are reversed
     */
    public DataTable {
        schema = Collections.unmodifiableMap(new LinkedHashMap<>(schema));
        if (PumpTable.named(name).isEmpty()) {
            throw new IllegalArgumentException("There is no table " + name);
        }
        if (schema.isEmpty() || rowCount < 0) {
            throw new IllegalArgumentException("A table has columns, and no fewer than no rows");
        }
        if ((firstTimestamp == null) != (lastTimestamp == null)
                || (firstTimestamp != null && lastTimestamp.isBefore(firstTimestamp))) {
            throw new IllegalArgumentException("The last time is not before the first");
        }
    }

    static DataTable of(TableSummary table) {
        Map<String, String> schema = new LinkedHashMap<>();
        table.columns().forEach(column -> schema.put(column.name(), column.type()));
        return new DataTable(table.table().tableName(), schema, table.rows(), table.first(), table.last());
    }
}
