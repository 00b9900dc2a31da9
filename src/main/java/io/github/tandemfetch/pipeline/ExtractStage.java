package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.GlucoseReading;
import io.github.tandemfetch.pump.PumpClock;
import io.github.tandemfetch.pump.PumpTime;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.Sensor;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.pump.TimeBasis;
import io.github.tandemfetch.store.BasalDeliveryTable;
import io.github.tandemfetch.store.CgmReadingTable;
import io.github.tandemfetch.store.CgmReadingTable.CgmEvent;
import io.github.tandemfetch.store.CgmReadingTable.CgmReading;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.PumpTable;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Stage 3: domain tables from events. One transaction a batch; running it again does what is left. */
final class ExtractStage {
    /** The code of the event that tells the basal rate, every five minutes. */
    private static final int BASAL_DELIVERY = 279;

    private static final int CGM_BATCH = 10_000;
    private static final int CGM_BATCHES_IN_A_TRANSACTION = 12;
    private static final long BASAL_BATCH = 200_000;

    private final Database database;
    private final PumpClock pumpClock;
    private final PipelineListener listener;

    ExtractStage(Database database, PumpClock pumpClock, PipelineListener listener) {
        this.database = database;
        this.pumpClock = pumpClock;
        this.listener = listener;
    }

    ExtractReport extract(Set<PumpTable> tables) {
        List<ExtractReport.Table> reports = new ArrayList<>();
        if (tables.contains(PumpTable.CGM_READINGS)) {
            reports.add(extractCgmReadings());
        }
        if (tables.contains(PumpTable.BASAL_DELIVERIES)) {
            reports.add(extractBasalDeliveries());
        }
        return new ExtractReport(reports);
    }

    private ExtractReport.Table extractCgmReadings() {
        String name = PumpTable.CGM_READINGS.tableName();
        try (Database reading = database.anotherSession()) {
            CgmReadingTable pending = new CgmReadingTable(reading);
            long total = pending.findPending(
                    Arrays.stream(Sensor.values()).map(Sensor::eventCode).toList());
            try (ReadAhead<CgmBatch> batches = new ReadAhead<>("extract", 2, new PendingReadings(pending))) {
                return store(batches, name, total);
            }
        }
    }

    private ExtractReport.Table store(ReadAhead<CgmBatch> batches, String name, long total) {
        CgmReadingTable table = new CgmReadingTable(database);
        long done = 0;
        long extracted = 0;
        while (done < total) {
            List<CgmBatch> stored = new ArrayList<>();
            database.transaction(connection -> {
                for (int i = 0; i < CGM_BATCHES_IN_A_TRANSACTION; i++) {
                    Optional<CgmBatch> next = batches.next();
                    next.ifPresent(batch -> table.insert(batch.readings()));
                    next.ifPresent(stored::add);
                }
                return null;
            });
            for (CgmBatch batch : stored) {
                done += batch.events();
                extracted += batch.readings().size();
            }
            listener.extracted(name, done, total);
        }
        return new ExtractReport.Table(name, extracted, total - extracted);
    }

    /**
     * The readings of some events.
     *
     * @param events how many events were looked through
     * @param readings those that the pump showed
     */
    private record CgmBatch(int events, List<CgmReading> readings) {}

    /** Looks through the events that may carry a reading and have none yet. */
    private final class PendingReadings implements Supplier<Optional<CgmBatch>> {
        private final CgmReadingTable pending;
        private long lastId;

        PendingReadings(CgmReadingTable pending) {
            this.pending = pending;
        }

        @Override
        public Optional<CgmBatch> get() {
            List<CgmEvent> events = pending.pendingAfter(lastId, CGM_BATCH);
            if (events.isEmpty()) {
                return Optional.empty();
            }
            lastId = events.get(events.size() - 1).eventsId();
            return Optional.of(new CgmBatch(
                    events.size(),
                    events.stream()
                            .map(ExtractStage.this::reading)
                            .flatMap(Optional::stream)
                            .toList()));
        }
    }

    private Optional<CgmReading> reading(CgmEvent event) {
        Sensor sensor = Sensor.ofEventCode(event.eventCode()).orElseThrow();
        return GlucoseReading.of(event.status(), event.value()).map(glucose -> {
            LocalDateTime takenAt = Optional.ofNullable(event.readingSeconds())
                    .filter(seconds -> seconds > 0)
                    .flatMap(PumpTimestamp::ofSeconds)
                    .orElse(event.loggedAt());
            PumpTime time = takenAt == null
                    ? new PumpTime(null, TimeBasis.UNKNOWN)
                    : pumpClock.at(new SequencePosition(event.sequenceGroup(), event.sequenceNumber()), takenAt);
            return new CgmReading(
                    event.eventsId(),
                    time.utc(),
                    glucose.mgPerDl(),
                    glucose.status().label(),
                    glucose.reportedValue(),
                    event.rate() == null ? null : event.rate() / 10,
                    event.backfilled(),
                    sensor.label(),
                    event.pumpSerial(),
                    takenAt,
                    time.basis().label());
        });
    }

    private ExtractReport.Table extractBasalDeliveries() {
        String name = PumpTable.BASAL_DELIVERIES.tableName();
        BasalDeliveryTable table = new BasalDeliveryTable(database);
        Optional<BasalDeliveryTable.IdSpan> pending = table.pendingSpan(BASAL_DELIVERY);
        if (pending.isEmpty()) {
            return new ExtractReport.Table(name, 0, 0);
        }
        long first = pending.get().first();
        long last = pending.get().last();
        long extracted = 0;
        for (long after = first - 1; after < last; after += BASAL_BATCH) {
            long from = after;
            long to = Math.min(after + BASAL_BATCH, last);
            extracted += database.transaction(connection -> table.insertPending(BASAL_DELIVERY, from, to));
            listener.extracted(name, to - first + 1, last - first + 1);
        }
        return new ExtractReport.Table(name, extracted, 0);
    }
}
