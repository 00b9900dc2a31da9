package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Literal;

/** The days of changed events, and the days before and after: a row of a source may have been completed by them. */
final class DayScope implements Scope {
    private final DailyTable table;

    DayScope(DailyTable table) {
        this.table = table;
    }

    @Override
    public boolean changedBy(Database database, long afterEventsId) {
        return settle(database, "event_id IN (" + table.codeList() + ") AND id > " + afterEventsId);
    }

    @Override
    public void wholePump(Database database, String pumpSerial) {
        settle(database, "pump_serial = " + Literal.of(pumpSerial));
    }

    private boolean settle(Database database, String events) {
        database.execute("""
                CREATE OR REPLACE TEMP TABLE touched_days AS
                SELECT DISTINCT pump_serial, pump_timestamp::DATE + beside::INTEGER AS day
                FROM events, range(-1, 2) AS near(beside)
                WHERE pump_timestamp IS NOT NULL AND %s
                """.formatted(events));
        return database.first("SELECT 1 FROM touched_days LIMIT 1", row -> row.getInt(1))
                .isPresent();
    }

    @Override
    public String expected() {
        return "WITH days AS (FROM touched_days) " + table.select();
    }

    @Override
    public String stored() {
        return "FROM " + table.sqlName()
                + " WHERE (pump_serial, pump_timestamp::DATE) IN (SELECT (pump_serial, day) FROM touched_days)";
    }
}
