package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;

/**
 * The part of the log around changed events. Sequence numbers are divided into blocks as long as the table's reach: a
 * row that is opened in a block has its events in the blocks beside it, so that the rows of a changed block and of those
 * beside it are assembled from five blocks.
 */
final class LogScope implements Scope {
    private static final String TOUCHED = "touched_log";

    private final AssembledTable table;
    private boolean whole;

    LogScope(AssembledTable table) {
        this.table = table;
    }

    @Override
    public boolean changedBy(Database database, long afterEventsId) {
        whole = table.reach().isEmpty();
        return settle(database, "event_id IN (" + table.codeList() + ") AND id > " + afterEventsId);
    }

    @Override
    public void wholePump(Database database, String pumpSerial) {
        whole = true;
        settle(database, "pump_serial = " + Literal.of(pumpSerial));
    }

    private boolean settle(Database database, String events) {
        String key = whole ? "pump_serial" : "pump_serial, sequence_group, " + block() + " AS block";
        database.execute("CREATE OR REPLACE TEMP TABLE " + TOUCHED + " AS SELECT DISTINCT " + key
                + " FROM events WHERE " + events);
        return database.first("SELECT 1 FROM " + TOUCHED + " LIMIT 1", row -> row.getInt(1))
                .isPresent();
    }

    private String block() {
        return "sequence_number // " + table.reach().orElseThrow();
    }

    private String within(int blocksBeside) {
        if (whole) {
            return "pump_serial IN (SELECT pump_serial FROM " + TOUCHED + ")";
        }
        return "(pump_serial, sequence_group, " + block()
                + ") IN (SELECT (pump_serial, sequence_group, block + beside) FROM " + TOUCHED + ", range(-"
                + blocksBeside + ", " + (blocksBeside + 1) + ") AS near(beside))";
    }

    @Override
    public String expected() {
        return """
                WITH log AS (
                    SELECT id, pump_serial, sequence_group, sequence_number, event_id, timestamp, pump_timestamp,
                           time_basis, event_data
                    FROM events WHERE event_id IN (%s) AND %s
                )
                SELECT assembled.* FROM (%s) assembled SEMI JOIN (SELECT id AS events_id FROM log WHERE %s)
                USING (events_id)
                """.formatted(table.codeList(), within(2), table.select(), within(1));
    }

    @Override
    public String stored() {
        return whole
                ? "FROM " + table.sqlName() + " WHERE " + within(1)
                : "SELECT row.* FROM " + table.sqlName() + " row SEMI JOIN (SELECT id AS events_id FROM events WHERE "
                        + "event_id IN (" + table.codeList() + ") AND " + within(1) + ") USING (events_id)";
    }
}
