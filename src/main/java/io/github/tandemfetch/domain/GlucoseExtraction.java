package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.domain.CgmReadingTable.CgmEvent;
import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.ReadAhead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Stores the glucose readings that have no row. An event without a row is pending, whether it was looked at before or
 * not: which ones are hidden or repeated may be seen otherwise today. A history always has some, so few of them must not
 * take long; many are read in a session of their own, ahead of what is stored.
 */
final class GlucoseExtraction implements TableRows.Extraction {
    private static final int BATCH = 10_000;
    private static final int BATCHES_IN_A_TRANSACTION = 12;

    private final Database database;
    private final CgmReadings table;
    private final GlucoseReadings glucoseReadings;
    private final CgmReadingTable stored;
    private final CollidingReadings colliding;
    private final Checkpoints checkpoints;
    private final UnreadableEvents found = new UnreadableEvents();
    private final Set<String> latePumps = new HashSet<>();
    private final long lastOldId;
    private final long total;
    private final Batches batches;
    private long done;
    private long extracted;
    private long hidden;
    private boolean anyColliding;

    GlucoseExtraction(Database database, CgmReadings table, PumpClocks clocks) {
        this.database = database;
        this.table = table;
        this.glucoseReadings = new GlucoseReadings(clocks);
        this.stored = new CgmReadingTable(database);
        this.checkpoints = new Checkpoints(database);
        long first = stored.findFirstPending(table.eventCodes(), BATCH + 1);
        this.lastOldId = first == 0 ? 0 : stored.lastId();
        this.colliding = first == 0 ? null : new CollidingReadings(database);
        if (first > BATCH) {
            ReadAheadBatches ahead = new ReadAheadBatches();
            this.batches = ahead;
            this.total = ahead.total;
        } else {
            this.batches = first == 0 ? Batches.NONE : Batches.of(new PendingReadings(stored));
            this.total = first;
        }
    }

    /** Gives the batches, and is closed when the last one was taken. */
    private interface Batches extends AutoCloseable {
        Batches NONE = Batches.of(Optional::empty);

        Optional<CgmBatch> next();

        @Override
        default void close() {}

        static Batches of(Supplier<Optional<CgmBatch>> source) {
            return source::get;
        }
    }

    /** Reads on a thread and in a session of its own. */
    private final class ReadAheadBatches implements Batches {
        private final Database session = database.anotherSession();
        private final ReadAhead<CgmBatch> ahead;
        private final long total;

        ReadAheadBatches() {
            CgmReadingTable pending = new CgmReadingTable(session);
            total = pending.findPending(table.eventCodes());
            ahead = new ReadAhead<>("extract", 2, new PendingReadings(pending));
        }

        @Override
        public Optional<CgmBatch> next() {
            return ahead.next();
        }

        @Override
        public void close() {
            ahead.close();
            session.close();
        }
    }

    @Override
    public boolean next() {
        if (done >= total) {
            return false;
        }
        List<CgmBatch> batchesStored = new ArrayList<>();
        database.transaction(connection -> {
            for (int i = 0; i < BATCHES_IN_A_TRANSACTION; i++) {
                Optional<CgmBatch> next = batches.next();
                next.ifPresent(batch -> stored.insert(batch.readings()));
                next.ifPresent(batch -> colliding.add(batch.colliding()));
                next.ifPresent(batchesStored::add);
            }
            return null;
        });
        for (CgmBatch batch : batchesStored) {
            done += batch.events();
            extracted += batch.readings().size();
            hidden += batch.hidden();
            anyColliding |= !batch.colliding().isEmpty();
            latePumps.addAll(batch.latePumps());
            checkpoints.stored(batch.readings().size());
        }
        return !batchesStored.isEmpty();
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public ExtractedTable result() {
        // Readings of one second stand near each other in the log, but not among the events where one was fetched
        // later.
        boolean searchTable = !latePumps.isEmpty() || extracted > RepeatedReadings.REMEMBERED;
        CollidingReadings.Outcome outcome = anyColliding || searchTable
                ? database.transaction(connection -> colliding.settle(lastOldId, searchTable))
                : new CollidingReadings.Outcome(0, 0, 0, 0);
        return new ExtractedTable(
                table.name(),
                extracted - outcome.dropped() + outcome.replaced(),
                hidden,
                outcome.repeated(),
                outcome.conflicts(),
                found.kinds());
    }

    @Override
    public void close() {
        batches.close();
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
        private final long lookedAtBefore;
        private long lastId;

        PendingReadings(CgmReadingTable pending) {
            this.pending = pending;
            this.lookedAtBefore = pending.lastEventsId();
            this.repeated = new RepeatedReadings(pending);
        }

        @Override
        public Optional<CgmBatch> get() {
            List<CgmEvent> events = pending.pendingAfter(lastId, BATCH);
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
}
