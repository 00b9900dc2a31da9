package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.Retiming.Stretch;
import io.github.tandemfetch.history.EventTable;
import io.github.tandemfetch.history.StoredPumps;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * The rows of a table that is assembled from several events or computed from other tables: what is expected within a
 * scope is compared with what is stored, and the differences are stored.
 */
final class AssembledRows implements TableRows {
    private static final String EXPECTED = """
            CREATE OR REPLACE TEMP TABLE expected_rows AS
            SELECT assembled.events_id, time.timestamp, {own} opener.pump_serial, time.pump_timestamp, time.time_basis
            FROM ({assembled}) assembled
            JOIN events opener ON opener.id = assembled.events_id
            JOIN events time ON time.id = assembled.timed_by
            """;

    private static final String DELETE = """
            DELETE FROM {table} WHERE id IN (
                SELECT stored.id FROM ({stored}) stored ANTI JOIN expected_rows USING (events_id))
            """;

    private static final String CHANGED = """
            CREATE OR REPLACE TEMP TABLE changed_rows AS
            SELECT row.id, expected_rows.* FROM expected_rows JOIN {table} row USING (events_id)
            WHERE ({row columns}) IS DISTINCT FROM ({expected columns})
            """;

    private static final String INSERT = """
            INSERT INTO {table} (id, {columns})
            SELECT (SELECT coalesce(max(id), 0) FROM {table}) + row_number() OVER (ORDER BY events_id), {columns}
            FROM expected_rows ANTI JOIN {table} USING (events_id) ORDER BY events_id
            """;

    private final Database database;
    private final DomainTable table;
    private final Scope scope;
    private boolean moved;

    AssembledRows(Database database, DomainTable table, Scope scope) {
        this.database = database;
        this.table = table;
        this.scope = scope;
    }

    @Override
    public Extraction extract(PumpClocks clocks, boolean all) {
        return all ? new OfPumps(new StoredPumps(database).serials()) : new OfNewEvents();
    }

    /** What events that no extraction has looked at change; one transaction. */
    private final class OfNewEvents implements Extraction {
        private long extracted;
        private boolean ended;

        @Override
        public boolean next() {
            if (ended) {
                return false;
            }
            ended = true;
            DomainProgress progress = new DomainProgress(database);
            long last = new EventTable(database).extent().lastId();
            long before = progress.of(table);
            if (before >= last) {
                return false;
            }
            extracted = database.transaction(connection -> {
                long rows = scope.changedBy(database, before) ? store() : 0;
                progress.lookedAt(table, last);
                return rows;
            });
            return true;
        }

        @Override
        public long done() {
            return ended ? 1 : 0;
        }

        @Override
        public long total() {
            return 1;
        }

        @Override
        public ExtractedTable result() {
            return ExtractedTable.of(table, extracted, new UnreadableEvents());
        }
    }

    /** All rows, a pump at a time, each in a transaction. */
    private final class OfPumps implements Extraction {
        private final List<String> pumps;
        private int done;
        private long extracted;

        OfPumps(List<String> pumps) {
            this.pumps = pumps;
        }

        @Override
        public boolean next() {
            if (done >= pumps.size()) {
                return false;
            }
            String pump = pumps.get(done++);
            long last = new EventTable(database).extent().lastId();
            extracted += database.transaction(connection -> {
                scope.wholePump(database, pump);
                long rows = store();
                if (done == pumps.size()) {
                    new DomainProgress(database).lookedAt(table, last);
                }
                return rows;
            });
            return true;
        }

        @Override
        public long done() {
            return done;
        }

        @Override
        public long total() {
            return pumps.size();
        }

        @Override
        public ExtractedTable result() {
            return ExtractedTable.of(table, extracted, new UnreadableEvents());
        }
    }

    /** Makes the stored rows of the scope those that are expected, and gives how many are new or others. */
    private long store() {
        assemble();
        database.update(sql(DELETE).replace("{stored}", scope.stored()));
        long inserted = database.update(sql(INSERT).replace("{columns}", table.valueColumns("")));
        database.execute(sql(CHANGED)
                .replace("{row columns}", table.valueColumns("row."))
                .replace("{expected columns}", table.valueColumns("expected_rows.")));
        String values = table.allColumns().stream()
                .skip(2)
                .map(column -> Identifier.quoted(column.name()) + " = changed." + Identifier.quoted(column.name()))
                .collect(Collectors.joining(", "));
        long changed = database.update("UPDATE " + table.sqlName() + " SET " + values
                + " FROM changed_rows changed WHERE " + table.sqlName() + ".id = changed.id");
        return inserted + changed;
    }

    private void assemble() {
        String own = table.columns().stream()
                .map(column -> "assembled." + Identifier.quoted(column.name()) + "::" + column.type() + " AS "
                        + Identifier.quoted(column.name()) + ", ")
                .collect(Collectors.joining());
        database.execute(EXPECTED.replace("{own}", own).replace("{assembled}", scope.expected()));
    }

    private String sql(String template) {
        return template.replace("{table}", table.sqlName());
    }

    @Override
    public TableComparison compare(PumpClocks clocks, int limit, LongConsumer done) {
        Differences differences = new Differences(table, limit);
        differences.looked(database.first("SELECT count(*) FROM " + table.sqlName(), row -> row.getLong(1))
                .orElse(0L));
        EventTable.Extent extent = new EventTable(database).extent();
        List<String> pumps = new StoredPumps(database).serials();
        for (String pump : pumps) {
            scope.wholePump(database, pump);
            assemble();
            differences.find(database, "FROM expected_rows", scope.stored());
        }
        done.accept(extent.lastId() - extent.firstId() + 1);
        return differences.comparison(new UnreadableEvents());
    }

    @Override
    public void retime(Stretch stretch, ClockTimeline timeline, boolean eventsMoved) {
        moved |= eventsMoved;
    }

    /** Whose event gives the time of a row is known to the table alone, and the order of times may be another. */
    @Override
    public void finishRetiming(String pumpSerial) {
        if (moved) {
            scope.wholePump(database, pumpSerial);
            store();
        }
        moved = false;
    }
}
