package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table with a row for each event of its codes. Each column is an SQL expression over the event's properties, in which
 * <code>{name}</code> stands for a property as text and <code>{#name}</code> for the same as a DOUBLE; both are NULL
 * where the event has no such property, or one that cannot be read. Labels are <code>{labels.name}</code>.
 */
public abstract class EventRowsTable extends DomainTable {
    private static final Pattern PROPERTY = Pattern.compile("\\{(#?)([A-Za-z0-9_.]+)\\}");

    /**
     * A column and its value.
     *
     * @param column the column
     * @param expression the value, SQL over the event's properties
     */
    public record Value(Column column, String expression) {}

    /** The table's own columns with their expressions. */
    protected abstract List<Value> values();

    /** SQL that is true for an event of which every value that it should have can be read. */
    protected String readable() {
        return "true";
    }

    /** SQL that is true for an event that gives a row. */
    protected String condition() {
        return "true";
    }

    @Override
    public final List<Column> columns() {
        return values().stream().map(Value::column).toList();
    }

    @Override
    public final TableRows rows(Database database) {
        return new EventRows(database, this);
    }

    @Override
    public final boolean isIndependent() {
        return true;
    }

    final boolean isRowForEachEvent() {
        return condition().equals("true");
    }

    /** A label of the pump's as snake_case text; {@code unknown_} and the number where there is no label. */
    protected static String label(String property) {
        return "coalesce(lower(replace({labels.%1$s}, ' ', '_')), 'unknown_' || {%1$s})".formatted(property);
    }

    /**
     * The rows that events give, as SQL: {@code events_id}, all other columns in their order, {@code readable},
     * {@code event_id}, {@code sequence_group} and {@code sequence_number}.
     *
     * @param events a condition on the rows of {@code events}
     */
    final String select(String events) {
        List<String> properties = List.copyOf(properties());
        String names =
                properties.stream().map(property -> Literal.of("$." + property)).collect(Collectors.joining(", "));
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < properties.size(); i++) {
            read.append(", data[%1$d] AS text_%1$d, TRY_CAST(data[%1$d] AS DOUBLE) AS number_%1$d".formatted(i + 1));
        }
        String own = values().stream()
                .map(value -> resolved(value.expression(), properties) + " AS "
                        + value.column().name() + ", ")
                .collect(Collectors.joining());
        // TRY, because the engine's JSON is stricter than what may be sent, and one event must not stop all others.
        return """
                SELECT id AS events_id, timestamp, %s pump_serial, pump_timestamp, time_basis,
                       coalesce(%s, false) AS readable, event_id, sequence_group, sequence_number
                FROM (
                    SELECT *%s
                    FROM (
                        SELECT id, timestamp, pump_serial, pump_timestamp, time_basis, event_id, sequence_group,
                               sequence_number, TRY(json_extract_string(event_data, [%s])) AS data
                        FROM events WHERE event_id IN (%s) AND %s
                    )
                )
                WHERE %s
                """.formatted(
                        own,
                        resolved(readable(), properties),
                        read,
                        names,
                        codeList(),
                        events,
                        resolved(condition(), properties));
    }

    private Set<String> properties() {
        Set<String> properties = new LinkedHashSet<>();
        values().forEach(value -> collect(value.expression(), properties));
        collect(readable(), properties);
        collect(condition(), properties);
        return properties;
    }

    private static void collect(String expression, Set<String> properties) {
        PROPERTY.matcher(expression).results().forEach(found -> properties.add(found.group(2)));
    }

    private static String resolved(String expression, List<String> properties) {
        return PROPERTY.matcher(expression)
                .replaceAll(found ->
                        (found.group(1).isEmpty() ? "text_" : "number_") + (properties.indexOf(found.group(2)) + 1));
    }
}
