package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.Retiming.Stretch;
import io.github.tandemfetch.history.EventTable;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Micros;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The rows of an {@link EventRowsTable}. */
final class EventRows implements TableRows {
    // Fills one of the engine's row groups.
    private static final long IDS_AT_ONCE = 122_880;
    private static final long IDS_COMPARED_AT_ONCE = 40_000;

    private static final String INSERT = """
            INSERT INTO {table} (id, {columns})
            SELECT (SELECT coalesce(max(id), 0) FROM {table}) + row_number() OVER (ORDER BY events_id), {columns}
            FROM pending_rows ORDER BY events_id
            """;

    /** By day; of days without an unreadable event nothing is told. */
    private static final String UNREADABLE = """
            SELECT pump_serial, event_id, pump_timestamp::DATE, count(*), count(*) FILTER (NOT readable),
                   arg_min(sequence_group, events_id) FILTER (NOT readable),
                   arg_min(sequence_number, events_id) FILTER (NOT readable),
                   epoch_us(arg_min(pump_timestamp, events_id) FILTER (NOT readable))
            FROM {rows}
            GROUP BY ALL HAVING count(*) FILTER (NOT readable) > 0
            ORDER BY ALL
            """;

    private static final String RETIME = """
            UPDATE {table} row SET timestamp = events.timestamp, time_basis = events.time_basis
            FROM events
            WHERE events.id = row.events_id
              AND events.pump_serial = ? AND events.sequence_group = ?
              AND events.sequence_number >= ? AND events.sequence_number < ?
              AND (row.timestamp IS DISTINCT FROM events.timestamp OR row.time_basis <> events.time_basis)
            """;

    private final Database database;
    private final EventRowsTable table;

    EventRows(Database database, EventRowsTable table) {
        this.database = database;
        this.table = table;
    }

    /** A span of ids, both ends included. */
    private record IdSpan(long first, long last) {}

    @Override
    public Extraction extract(PumpClocks clocks, boolean all) {
        return new Stretches(pending(all));
    }

    private Optional<IdSpan> pending(boolean all) {
        if (!table.isRowForEachEvent()) {
            long after = all ? 0 : new DomainProgress(database).of(table);
            long last = new EventTable(database).extent().lastId();
            return after < last ? Optional.of(new IdSpan(after + 1, last)) : Optional.empty();
        }
        // Every row has another event, so that equal counts leave none over.
        boolean none = database.first(
                        "SELECT (SELECT count(*) FROM events WHERE event_id IN (" + table.codeList()
                                + ")) = (SELECT count(*) FROM " + table.sqlName() + ")",
                        row -> row.getBoolean(1))
                .orElseThrow();
        return none
                ? Optional.empty()
                : database.first(
                                "SELECT min(id), max(id) FROM events WHERE event_id IN (" + table.codeList() + ") AND "
                                        + withoutRow(),
                                row -> row.getObject(1) == null
                                        ? Optional.<IdSpan>empty()
                                        : Optional.of(new IdSpan(row.getLong(1), row.getLong(2))))
                        .flatMap(span -> span);
    }

    private String withoutRow() {
        return "NOT EXISTS (SELECT 1 FROM " + table.sqlName() + " row WHERE row.events_id = events.id)";
    }

    /** One stretch of ids after the other. */
    private final class Stretches implements Extraction {
        private final Checkpoints checkpoints = new Checkpoints(database);
        private final UnreadableEvents unreadable = new UnreadableEvents();
        private final long first;
        private final long last;
        private long after;
        private long extracted;

        Stretches(Optional<IdSpan> pending) {
            this.first = pending.map(IdSpan::first).orElse(1L);
            this.last = pending.map(IdSpan::last).orElse(0L);
            this.after = first - 1;
        }

        @Override
        public boolean next() {
            if (after >= last) {
                return false;
            }
            long from = after;
            long to = Math.min(from + IDS_AT_ONCE, last);
            long rows = database.transaction(connection -> insert(from, to));
            checkpoints.stored(rows);
            extracted += rows;
            after = to;
            return true;
        }

        private long insert(long from, long to) {
            database.execute("CREATE OR REPLACE TEMP TABLE pending_rows AS "
                    + table.select("id > " + from + " AND id <= " + to + " AND " + withoutRow()));
            long rows = database.update(sql(INSERT).replace("{columns}", table.valueColumns("")));
            if (!table.isRowForEachEvent()) {
                new DomainProgress(database).lookedAt(table, to);
            }
            noteUnreadable("pending_rows", unreadable);
            return rows;
        }

        @Override
        public long done() {
            return after - first + 1;
        }

        @Override
        public long total() {
            return last - first + 1;
        }

        @Override
        public ExtractedTable result() {
            return ExtractedTable.of(table, extracted, unreadable);
        }
    }

    private String sql(String template) {
        return template.replace("{table}", table.sqlName());
    }

    private void noteUnreadable(String rows, UnreadableEvents unreadable) {
        database.forEach(UNREADABLE.replace("{rows}", rows), row -> {
            UnreadableEvents.Day day =
                    new UnreadableEvents.Day(row.getString(1), row.getInt(2), row.getObject(3, LocalDate.class));
            unreadable.found(
                    day,
                    row.getLong(4),
                    row.getLong(5),
                    new SequencePosition(row.getLong(6), row.getLong(7)),
                    Micros.localDateTime(row, 8));
        });
    }

    @Override
    public TableComparison compare(PumpClocks clocks, int limit, LongConsumer done) {
        Differences differences = new Differences(table, limit);
        UnreadableEvents unreadable = new UnreadableEvents();
        differences.looked(database.first("SELECT count(*) FROM " + table.sqlName(), row -> row.getLong(1))
                .orElse(0L));
        EventTable.Extent extent = new EventTable(database).extent();
        for (long after = extent.firstId() - 1; after < extent.lastId(); after += IDS_COMPARED_AT_ONCE) {
            long last = Math.min(extent.lastId(), after + IDS_COMPARED_AT_ONCE);
            database.execute("CREATE OR REPLACE TEMP TABLE expected_rows AS "
                    + table.select("id > " + after + " AND id <= " + last));
            noteUnreadable("expected_rows", unreadable);
            differences.find(
                    database,
                    "FROM expected_rows",
                    "FROM " + table.sqlName() + " WHERE events_id > " + after + " AND events_id <= " + last);
            done.accept(last - extent.firstId() + 1);
        }
        return differences.comparison(unreadable);
    }

    @Override
    public void retime(Stretch stretch, ClockTimeline timeline, boolean eventsMoved) {
        if (eventsMoved) {
            database.update(
                    sql(RETIME),
                    stretch.pumpSerial(),
                    stretch.segment().group(),
                    stretch.segment().firstNumber(),
                    stretch.endNumber());
        }
    }
}
