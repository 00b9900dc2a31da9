package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TableCatalog.Column;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.store.Identifier;
import io.github.tandemfetch.store.Literal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rows and columns of a table are exported, and in which order. */
final class SelectedRows {
    private static final String PUMP_CONDITION = "\"pump_serial\" = $pump_serial";

    private final TimedTable table;
    private final List<Column> columns;
    private final TimeWindow window;
    private final String pumpSerial;
    private final Long limit;

    /**
     * Selects rows.
     *
     * @param columns the columns, in order
     * @param window when the rows' events happened
     * @param pumpSerial the only pump, or null for all
     * @param limit how many rows at most, or null for all
     */
    SelectedRows(TimedTable table, List<Column> columns, TimeWindow window, String pumpSerial, Long limit) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.window = window;
        this.pumpSerial = pumpSerial;
        this.limit = limit;
    }

    List<Column> columns() {
        return columns;
    }

    /** The values of the placeholders in {@link #count()}, {@link #inOrder()} and {@link #perPeriod}. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>(window.values());
        if (pumpSerial != null) {
            values.put("pump_serial", pumpSerial);
        }
        return values;
    }

    String count() {
        return "SELECT " + (limit == null ? "count(*)" : "least(count(*), " + limit + ")") + source();
    }

    /** The rows in time order, unknown times last, then by id. */
    String inOrder() {
        return "SELECT "
                + columns.stream()
                        .map(column -> Identifier.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + source() + " ORDER BY " + timeColumn() + " NULLS LAST, " + Identifier.quoted(table.keyColumn())
                + (limit == null ? "" : " LIMIT " + limit);
    }

    /** The first day of every stretch of time in which there are rows, null for unknown times, with their number. */
    String perPeriod(PartitionUnit unit) {
        return "SELECT CAST(date_trunc(" + Literal.of(unit.unitName()) + ", " + timeColumn()
                + ") AS DATE) AS first_day, count(*)" + source() + " GROUP BY first_day ORDER BY first_day NULLS LAST";
    }

    private String source() {
        String condition = Stream.of(window.condition(timeColumn()), pumpSerial == null ? "" : PUMP_CONDITION)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" AND "));
        return " FROM " + Identifier.quoted(table.tableName()) + (condition.isEmpty() ? "" : " WHERE " + condition);
    }

    private String timeColumn() {
        return Identifier.quoted(table.timeColumn());
    }
}
