package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.domain.BasalDeliveryTable;
import io.github.tandemfetch.domain.BasalDeliveryTable.IdSpan;
import io.github.tandemfetch.domain.CgmReadingTable;
import io.github.tandemfetch.domain.CgmReadingTable.CgmEvent;
import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.domain.CollidingReadings;
import io.github.tandemfetch.domain.GlucoseReadings;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.RepeatedReadings;
import io.github.tandemfetch.domain.UnreadableEvents;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.pump.Sensor;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Stage 3: domain tables from events. One transaction a batch; running it again does what is left. */
public final class ExtractStage {
    private static final List<Integer> SENSOR_CODES =
            Arrays.stream(Sensor.values()).map(Sensor::eventCode).toList();
    private static final int CGM_BATCH = 10_000;
    private static final int CGM_BATCHES_IN_A_TRANSACTION = 12;
    private static final long BASAL_BATCH = 122_880;

    private final Database database;
    private final GlucoseReadings glucoseReadings;
    private final PipelineListener listener;

    public ExtractStage(Database database, PumpClocks clocks, PipelineListener listener) {
        this.database = database;
        this.glucoseReadings = new GlucoseReadings(clocks);
        this.listener = listener;
    }

    public ExtractReport extract(Set<PumpTable> tables) {
        if (!tables.contains(PumpTable.BASAL_DELIVERIES)) {
            return new ExtractReport(List.of(extractCgmReadings()));
        }
        Optional<IdSpan> pending = new BasalDeliveryTable(database).pendingSpan(BasalDeliveryTable.EVENT_CODE);
        if (pending.isEmpty()) {
            return report(tables, () -> nothingPending(PumpTable.BASAL_DELIVERIES));
        }
        try (Database session = database.anotherSession();
                BasalExtraction basal = new BasalExtraction(session, pending.get())) {
            return report(tables, basal::finish);
        }
    }

    private ExtractReport report(Set<PumpTable> tables, Supplier<ExtractReport.Table> basalDeliveries) {
        List<ExtractReport.Table> reports = new ArrayList<>();
        if (tables.contains(PumpTable.CGM_READINGS)) {
            reports.add(extractCgmReadings());
        }
        reports.add(basalDeliveries.get());
        return new ExtractReport(reports);
    }

    private static ExtractReport.Table nothingPending(PumpTable table) {
        return new ExtractReport.Table(table.tableName(), 0, 0, 0, 0, List.of());
    }

    /**
     * An event without a row is pending, whether it was looked at before or not: which ones are hidden or repeated may be
     * seen otherwise today. A history always has some, so few of them must not take long.
     */
    private ExtractReport.Table extractCgmReadings() {
        CgmReadingTable pending = new CgmReadingTable(database);
        long first = pending.findFirstPending(SENSOR_CODES, CGM_BATCH + 1);
        if (first == 0) {
            return nothingPending(PumpTable.CGM_READINGS);
        }
        if (first > CGM_BATCH) {
            return extractManyCgmReadings();
        }
        UnreadableEvents found = new UnreadableEvents();
        Iterator<CgmBatch> batch =
                new PendingReadings(pending, found).get().stream().iterator();
        return store(() -> batch.hasNext() ? Optional.of(batch.next()) : Optional.empty(), first, found);
    }

    private ExtractReport.Table extractManyCgmReadings() {
        try (Database reading = database.anotherSession()) {
            CgmReadingTable pending = new CgmReadingTable(reading);
            long total = pending.findPending(SENSOR_CODES);
            UnreadableEvents found = new UnreadableEvents();
            try (ReadAhead<CgmBatch> batches = new ReadAhead<>("extract", 2, new PendingReadings(pending, found))) {
                return store(batches::next, total, found);
            }
        }
    }

    private ExtractReport.Table told(ExtractReport.Table table) {
        for (UnreadableKind kind : table.unreadable()) {
            if (kind.formatChanged()) {
                listener.notice(kind.describe());
            } else {
                listener.remark(kind.describe());
            }
        }
        return table;
    }

    private ExtractReport.Table store(Supplier<Optional<CgmBatch>> batches, long total, UnreadableEvents found) {
        String name = PumpTable.CGM_READINGS.tableName();
        CgmReadingTable table = new CgmReadingTable(database);
        Checkpoints checkpoints = new Checkpoints(database);
        long done = 0;
        long extracted = 0;
        long hidden = 0;
        long lastOldId = table.lastId();
        CollidingReadings colliding = new CollidingReadings(database);
        boolean anyColliding = false;
        Set<String> latePumps = new HashSet<>();
        while (done < total) {
            List<CgmBatch> stored = new ArrayList<>();
            database.transaction(connection -> {
                for (int i = 0; i < CGM_BATCHES_IN_A_TRANSACTION; i++) {
                    Optional<CgmBatch> next = batches.get();
                    next.ifPresent(batch -> table.insert(batch.readings()));
                    next.ifPresent(batch -> colliding.add(batch.colliding()));
                    next.ifPresent(stored::add);
                }
                return null;
            });
            if (stored.isEmpty()) {
                break;
            }
            for (CgmBatch batch : stored) {
                done += batch.events();
                extracted += batch.readings().size();
                hidden += batch.hidden();
                anyColliding |= !batch.colliding().isEmpty();
                latePumps.addAll(batch.latePumps());
                checkpoints.stored(batch.readings().size());
            }
            listener.extracted(name, done, total);
        }
        // Readings of one second stand near each other in the log, but not among the events where one was fetched
        // later.
        boolean searchTable = !latePumps.isEmpty() || extracted > RepeatedReadings.REMEMBERED;
        CollidingReadings.Outcome outcome = anyColliding || searchTable
                ? database.transaction(connection -> colliding.settle(lastOldId, searchTable))
                : new CollidingReadings.Outcome(0, 0, 0, 0);
        return told(new ExtractReport.Table(
                name,
                extracted - outcome.dropped() + outcome.replaced(),
                hidden,
                outcome.repeated(),
                outcome.conflicts(),
                found.kinds()));
    }

    /**
     * The readings of some events.
     *
     * @param events how many events were looked through
     * @param readings those that the pump showed, one of each second
     * @param colliding the others
     * @param hidden how many events carry nothing that the pump showed
     * @param latePumps the pumps of which an event came that stands before others in the log that were looked through
     */
    private record CgmBatch(
            int events, List<CgmReading> readings, List<CgmReading> colliding, int hidden, Set<String> latePumps) {}

    /** Looks through the events that may carry a reading and have none yet. */
    private final class PendingReadings implements Supplier<Optional<CgmBatch>> {
        private final CgmReadingTable pending;
        private final RepeatedReadings repeated;
        private final Map<String, SequencePosition> newest = new HashMap<>();
        private final UnreadableEvents found;
        private final long lookedAtBefore;
        private long lastId;

        PendingReadings(CgmReadingTable pending, UnreadableEvents found) {
            this.pending = pending;
            this.found = found;
            this.lookedAtBefore = pending.lastEventsId();
            this.repeated = new RepeatedReadings(pending);
        }

        @Override
        public Optional<CgmBatch> get() {
            List<CgmEvent> events = pending.pendingAfter(lastId, CGM_BATCH);
            if (events.isEmpty()) {
                return Optional.empty();
            }
            lastId = events.get(events.size() - 1).eventsId();
            List<CgmReading> shown = events.stream()
                    .map(glucoseReadings::of)
                    .flatMap(Optional::stream)
                    .toList();
            RepeatedReadings.Divided divided = repeated.divide(shown);
            int hidden = events.size() - shown.size() - unreadable(events);
            return Optional.of(new CgmBatch(events.size(), divided.first(), divided.colliding(), hidden, late(events)));
        }

        /** All are counted, and those told that no earlier run has looked at. */
        private int unreadable(List<CgmEvent> events) {
            int unreadable = 0;
            for (CgmEvent event : events) {
                boolean readable = GlucoseReadings.isReadable(event);
                unreadable += readable ? 0 : 1;
                if (event.eventsId() > lookedAtBefore) {
                    found.looked(event, readable);
                }
            }
            return unreadable;
        }

        private Set<String> late(List<CgmEvent> events) {
            Set<String> late = new HashSet<>();
            for (CgmEvent event : events) {
                SequencePosition position = new SequencePosition(event.sequenceGroup(), event.sequenceNumber());
                SequencePosition before = newest.get(event.pumpSerial());
                if (before != null && position.compareTo(before) < 0) {
                    late.add(event.pumpSerial());
                } else {
                    newest.put(event.pumpSerial(), position);
                }
            }
            return late;
        }
    }

    /** Fills {@code basal_deliveries} on a thread and in a session of its own, beside the other table. */
    private final class BasalExtraction implements AutoCloseable {
        private final IdSpan pending;
        private final ReadAhead<BasalDeliveryTable.Inserted> stored;

        BasalExtraction(Database session, IdSpan pending) {
            this.pending = pending;
            int batches = (int) ((pending.last() - pending.first()) / BASAL_BATCH + 1);
            stored = new ReadAhead<>("extract basal", batches, new PendingDeliveries(session, pending));
        }

        ExtractReport.Table finish() {
            String name = PumpTable.BASAL_DELIVERIES.tableName();
            long ids = pending.last() - pending.first() + 1;
            long extracted = 0;
            long looked = 0;
            UnreadableEvents found = new UnreadableEvents();
            for (Optional<BasalDeliveryTable.Inserted> next = stored.next(); next.isPresent(); next = stored.next()) {
                extracted += next.get().rows();
                found.found(next.get().unreadable());
                looked = Math.min(ids, looked + BASAL_BATCH);
                listener.extracted(name, looked, ids);
            }
            return told(new ExtractReport.Table(name, extracted, 0, 0, 0, found.kinds()));
        }

        @Override
        public void close() {
            stored.close();
        }
    }

    /** Stores the deliveries of one stretch of events after the other, each in a transaction. */
    private static final class PendingDeliveries implements Supplier<Optional<BasalDeliveryTable.Inserted>> {
        private final Database session;
        private final Checkpoints checkpoints;
        private final long last;
        private long after;

        PendingDeliveries(Database session, IdSpan pending) {
            this.session = session;
            this.checkpoints = new Checkpoints(session);
            this.after = pending.first() - 1;
            this.last = pending.last();
        }

        @Override
        public Optional<BasalDeliveryTable.Inserted> get() {
            if (after >= last) {
                return Optional.empty();
            }
            long from = after;
            after = Math.min(from + BASAL_BATCH, last);
            BasalDeliveryTable table = new BasalDeliveryTable(session);
            BasalDeliveryTable.Inserted inserted = session.transaction(connection ->
                    table.insertPending(BasalDeliveryTable.EVENT_CODE, from, Math.min(from + BASAL_BATCH, last)));
            checkpoints.stored(inserted.rows());
            return Optional.of(inserted);
        }
    }
}
