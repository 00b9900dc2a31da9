package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table with a row for each day of a pump's calendar, computed from other domain tables. It stands behind its sources
 * in {@link DomainTables}. A fetch computes the days of its events anew, and the days before and after.
 */
public abstract class DailyTable extends DomainTable {
    /** The tables that it is computed from. */
    protected abstract List<DomainTable> sources();

    /**
     * The rows, as SQL over the sources and over the relation {@code days} with the columns {@code pump_serial} and
     * {@code day}: a row of a source belongs to a day by its {@code pump_timestamp}.
     *
     * @return a SELECT of {@code events_id}, an event of the day, {@code timed_by}, the event whose time the row has, and
     *     the table's own columns by their names; no rows of other days. Events are to be chosen by their place in the
     *     log: ids follow the order of fetches.
     */
    protected abstract String select();

    @Override
    public final Set<Integer> eventCodes() {
        Set<Integer> codes = new TreeSet<>();
        sources().forEach(source -> codes.addAll(source.eventCodes()));
        return codes;
    }

    @Override
    public final TableRows rows(Database database) {
        return new AssembledRows(database, this, new DayScope(this));
    }

    @Override
    public final boolean isComputed() {
        return true;
    }
}
