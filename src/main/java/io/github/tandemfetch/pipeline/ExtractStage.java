package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.domain.ExtractedTable;
import io.github.tandemfetch.domain.TableRows.Extraction;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.ReadAhead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Stage 3: domain tables from events. One transaction a batch; running it again does what is left. Tables that need
 * nothing but the events are filled on a thread and in a session of their own, beside the others.
 */
public final class ExtractStage {
    private final Database database;
    private final PumpClocks clocks;
    private final PipelineListener listener;

    /**
     * Fills tables of an open database.
     *
     * @param clocks the pumps' clocks
     */
    public ExtractStage(Database database, PumpClocks clocks, PipelineListener listener) {
        this.database = database;
        this.clocks = clocks;
        this.listener = listener;
    }

    /**
     * Fills tables.
     *
     * @param tables the tables, each behind those that it is computed from
     * @param all whether to look at all events again, for rows that were lost
     * @return what came of each, in the same order
     */
    public ExtractReport extract(List<DomainTable> tables, boolean all) {
        List<DomainTable> beside =
                tables.stream().filter(DomainTable::isIndependent).toList();
        Map<DomainTable, ExtractedTable> extracted = new HashMap<>();
        if (beside.isEmpty()) {
            extractDependent(tables, all, extracted);
        } else {
            try (Database session = database.anotherSession();
                    Independent independent = new Independent(session, beside, all)) {
                // A table that is computed from others waits for these.
                List<DomainTable> first = tables.stream()
                        .filter(table -> !table.isIndependent() && !table.isComputed())
                        .toList();
                extractDependent(first, all, extracted);
                independent.finish(extracted);
            }
            extractDependent(tables.stream().filter(DomainTable::isComputed).toList(), all, extracted);
        }
        return new ExtractReport(tables.stream().map(extracted::get).toList());
    }

    private void extractDependent(List<DomainTable> tables, boolean all, Map<DomainTable, ExtractedTable> extracted) {
        for (DomainTable table : tables) {
            try (Extraction extraction = table.rows(database).extract(clocks, all)) {
                while (extraction.next()) {
                    listener.extracted(table.name(), extraction.done(), extraction.total());
                }
                extracted.put(table, told(extraction.result()));
            }
        }
    }

    private ExtractedTable told(ExtractedTable table) {
        for (UnreadableKind kind : table.unreadable()) {
            if (kind.formatChanged()) {
                listener.notice(kind.describe());
            } else {
                listener.remark(kind.describe());
            }
        }
        return table;
    }

    /**
     * A batch of a table, or the end of one.
     *
     * @param done how far its extraction has come
     * @param total how far it goes
     * @param result what came of it; null but at the end
     */
    private record Batch(DomainTable table, long done, long total, ExtractedTable result) {}

    /** Fills one independent table after the other. */
    private final class Independent implements AutoCloseable {
        private final ReadAhead<Batch> batches;

        Independent(Database session, List<DomainTable> tables, boolean all) {
            // Nobody takes the batches until the other tables are filled.
            batches = new ReadAhead<>("extract beside", Integer.MAX_VALUE, new Batches(session, tables, all));
        }

        void finish(Map<DomainTable, ExtractedTable> extracted) {
            for (Optional<Batch> next = batches.next(); next.isPresent(); next = batches.next()) {
                Batch batch = next.get();
                if (batch.result() == null) {
                    listener.extracted(batch.table().name(), batch.done(), batch.total());
                } else {
                    extracted.put(batch.table(), told(batch.result()));
                }
            }
        }

        @Override
        public void close() {
            batches.close();
        }
    }

    private final class Batches implements Supplier<Optional<Batch>> {
        private final Database session;
        private final List<DomainTable> left;
        private final boolean all;
        private Extraction extraction;

        Batches(Database session, List<DomainTable> tables, boolean all) {
            this.session = session;
            this.left = new ArrayList<>(tables);
            this.all = all;
        }

        @Override
        public Optional<Batch> get() {
            if (left.isEmpty()) {
                return Optional.empty();
            }
            DomainTable table = left.get(0);
            if (extraction == null) {
                extraction = table.rows(session).extract(clocks, all);
            }
            if (extraction.next()) {
                return Optional.of(new Batch(table, extraction.done(), extraction.total(), null));
            }
            ExtractedTable result = extraction.result();
            extraction = null;
            left.remove(0);
            return Optional.of(new Batch(table, 0, 0, result));
        }
    }
}
