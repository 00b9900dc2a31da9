package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.failure.NearestName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The columns to export, each once, in the order in which they were named.
 *
 * @param names the names; empty means all columns in the table's order
 */
@RegisterForReflection
public record ColumnSelection(@JsonValue List<String> names) {
    /** Every column, in the table's order. */
    public static final ColumnSelection ALL = new ColumnSelection(List.of());

    /**
     * Drops repeated names.
     *
     * @throws ExportArgumentException where a name is blank
     */
    public ColumnSelection {
        names = names.stream().map(String::strip).distinct().toList();
        if (names.contains("")) {
            throw new ExportArgumentException(
                    "NO_COLUMN", "A column has no name.", "Write columns like --columns timestamp,cgm_reading.");
        }
    }

    /**
     * The columns of some names.
     *
     * @param names the names; none means all
     * @return the selection
     * @throws ExportArgumentException where a name is blank
     */
    public static ColumnSelection named(Collection<String> names) {
        return new ColumnSelection(List.copyOf(new LinkedHashSet<>(names)));
    }

    /**
     * Finds the columns in a table.
     *
     * @param columns the columns it has
     * @return the selected ones in the order of the selection
     * @throws ExportArgumentException where the table has no column of a name
     */
    List<Column> of(TimedTable table, List<Column> columns) {
        return names.isEmpty()
                ? columns
                : names.stream().map(name -> find(name, table, columns)).toList();
    }

    private static Column find(String name, TimedTable table, List<Column> columns) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ExportArgumentException(
                        "UNKNOWN_COLUMN",
                        "The table '" + table.tableName() + "' has no column '" + name + "'.",
                        NearestName.advice(
                                name, columns.stream().map(Column::name).toList())));
    }
}
