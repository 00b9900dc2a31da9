package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table of the third stage, by declaration. A new table is a subclass and a line in {@link DomainTables}: creation,
 * extraction, verification, keys, retiming, rebuild, export, listing, completion and documentation follow from it.
 *
 * <p>Most tables extend {@link EventRowsTable} (a row for each event, by expressions), {@link AssembledTable} (a row from
 * several events, completed by a later fetch) or {@link DailyTable} (a row for each day, from other tables).
 */
public abstract class DomainTable {
    /** The first columns of every domain table. */
    private static final List<Column> FIRST = List.of(
            Column.required("id", "BIGINT", "", "Number of the row"),
            Column.required("events_id", "BIGINT", "", "The event that the row comes from: events.id"),
            Column.of("timestamp", "TIMESTAMP WITH TIME ZONE", "UTC", "When it happened"));

    /** The last columns of every domain table. */
    private static final List<Column> LAST = List.of(
            Column.required("pump_serial", "VARCHAR", "", "Serial number of the pump"),
            Column.of("pump_timestamp", "TIMESTAMP", "pump clock", "When it happened"),
            Column.required("time_basis", "VARCHAR", "", "How the UTC time was found"));

    /** The table's name, snake_case. */
    public abstract String name();

    /** What the table holds, a phrase with a unit where it has one; the table's comment in the database. */
    public abstract String comment();

    /** What a row is, in the singular, for sentences such as "the glucose reading of event 7". */
    public abstract String rowName();

    /** What of an event has to be readable, for sentences such as "the glucose value cannot be read". */
    public abstract String valueName();

    /** The codes of the events that the table is made from. */
    public abstract Set<Integer> eventCodes();

    /** The table's own columns, between those that all domain tables have. */
    public abstract List<Column> columns();

    /** Columns that together are unique where none of them is NULL, beside {@code id} and {@code events_id}. */
    public List<List<String>> keys() {
        return List.of();
    }

    /** The check of {@code verify} for events that have no row since another event has it; empty for most tables. */
    public Optional<ConflictCheck> conflictCheck() {
        return Optional.empty();
    }

    /**
     * How {@code verify} reports events that contradict the one that has the row.
     *
     * @param name the check's name
     * @param proves what it proves where it finds nothing
     * @param remedy what to do
     */
    public record ConflictCheck(String name, String proves, String remedy) {}

    /** The rows of this table in an open database. */
    public abstract TableRows rows(Database database);

    /** Whether its rows follow from the events alone, each from one event, so that they may be stored in any order. */
    public boolean isIndependent() {
        return false;
    }

    /** Whether its rows are computed from those of other domain tables. */
    public boolean isComputed() {
        return false;
    }

    /** All columns, in order. */
    public final List<Column> allColumns() {
        List<Column> all = new ArrayList<>(FIRST);
        all.addAll(columns());
        all.addAll(LAST);
        return all;
    }

    /** The name as SQL. */
    final String sqlName() {
        return Identifier.quoted(name());
    }

    /** The names of all columns but {@code id}, as SQL, each with a prefix such as {@code stored.}. */
    final String valueColumns(String prefix) {
        return allColumns().stream()
                .skip(1)
                .map(column -> prefix + Identifier.quoted(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** The event codes as a list of SQL. */
    final String codeList() {
        return eventCodes().stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
    }

    final String createStatement() {
        String columns = allColumns().stream().skip(2).map(Column::definition).collect(Collectors.joining(", "));
        return "CREATE TABLE " + sqlName() + " (id BIGINT PRIMARY KEY,"
                + " events_id BIGINT NOT NULL UNIQUE REFERENCES events (id), " + columns + ")";
    }
}
