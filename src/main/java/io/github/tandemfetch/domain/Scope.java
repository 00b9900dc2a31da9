package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;

/** Which rows of a table are assembled anew. */
interface Scope {
    /**
     * Settles the scope: the rows that events of an id above this may change.
     *
     * @return false where there are none
     */
    boolean changedBy(Database database, long afterEventsId);

    /** Settles the scope: all rows of a pump. */
    void wholePump(Database database, String pumpSerial);

    /** The expected rows within the scope, as SQL with {@code events_id}, {@code timed_by} and the table's own columns. */
    String expected();

    /** The stored rows within the scope, as SQL with all columns of the table. */
    String stored();
}
