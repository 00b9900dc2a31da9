package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import java.util.OptionalLong;

/**
 * A table whose rows are assembled from several events: a bolus from its messages, an interval from its begin and its
 * end. A row is completed by a fetch that brings its later events; whatever way a history is divided into fetches, the
 * rows are the same.
 */
public abstract class AssembledTable extends DomainTable {
    /**
     * The rows, as SQL over the relation {@code log}: the events of the table's codes, with the columns {@code id},
     * {@code pump_serial}, {@code sequence_group}, {@code sequence_number}, {@code event_id}, {@code timestamp},
     * {@code pump_timestamp}, {@code time_basis} and {@code event_data}. What a row is made of must stand in one pump's
     * log.
     *
     * @return a SELECT of {@code events_id}, the event that opens the row, {@code timed_by}, the event whose time the
     *     row has, and the table's own columns by their names
     */
    protected abstract String select();

    /**
     * How far apart in the log, in sequence numbers, the events of one row may stand at most. With a bound, a fetch
     * assembles anew what is near its events; without one, all rows of their pumps.
     *
     * @return empty where there is no bound
     */
    protected OptionalLong reach() {
        return OptionalLong.empty();
    }

    @Override
    public final TableRows rows(Database database) {
        return new AssembledRows(database, this, new LogScope(this));
    }

    /** Properties of an event as SQL: text, NULL where the event has no such property. */
    protected static String text(String property) {
        return "TRY(json_extract_string(event_data, '$." + property + "'))";
    }

    /** The same as a DOUBLE; NULL where it is no number. */
    protected static String number(String property) {
        return "TRY_CAST(" + text(property) + " AS DOUBLE)";
    }
}
