package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.EventDataWriter;
import io.github.tandemfetch.pump.PumpClock;
import io.github.tandemfetch.pump.PumpTime;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.pump.TimeBasis;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DerivedTables;
import io.github.tandemfetch.store.EventTable;
import io.github.tandemfetch.store.EventTable.ParsedEvent;
import io.github.tandemfetch.store.RawEventTable;
import io.github.tandemfetch.store.RawEventTable.RawEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Stage 2: an event for every raw event that has none. A transaction for some batches; running it again does what is left. */
final class ParseStage {
    private static final int BATCH = 5_000;
    private static final int BATCHES_IN_A_TRANSACTION = 10;

    private final Database database;
    private final EventCatalog catalog;
    private final EventDataWriter eventData;
    private final PumpClock pumpClock;
    private final Clock clock;
    private final PipelineListener listener;

    ParseStage(Database database, EventCatalog catalog, PumpClock pumpClock, Clock clock, PipelineListener listener) {
        this.database = database;
        this.catalog = catalog;
        this.eventData = new EventDataWriter(catalog);
        this.pumpClock = pumpClock;
        this.clock = clock;
        this.listener = listener;
    }

    ParseReport parse() {
        try (Database reading = database.anotherSession()) {
            EventTable pending = new EventTable(reading);
            long total = pending.findPending();
            try (ReadAhead<List<ParsedEvent>> batches = new ReadAhead<>("parse", 2, new PendingBatches(pending))) {
                return store(batches, total);
            }
        }
    }

    private ParseReport store(ReadAhead<List<ParsedEvent>> batches, long total) {
        EventTable events = new EventTable(database);
        Count count = new Count();
        while (count.parsed < total) {
            database.transaction(connection -> {
                for (int i = 0; i < BATCHES_IN_A_TRANSACTION && count.parsed < total; i++) {
                    List<ParsedEvent> batch = batches.next().orElseThrow();
                    events.insert(batch, clock.instant());
                    count.add(batch);
                }
                return null;
            });
            listener.parsed(count.parsed, total);
        }
        return new ParseReport(total, count.unknownCodes, count.withoutTime, events.count());
    }

    /** Parses the raw events that have no event yet. */
    private final class PendingBatches implements Supplier<Optional<List<ParsedEvent>>> {
        private final EventTable pending;
        private long lastId;

        PendingBatches(EventTable pending) {
            this.pending = pending;
        }

        @Override
        public Optional<List<ParsedEvent>> get() {
            List<RawEvent> batch = pending.pendingAfter(lastId, BATCH);
            if (batch.isEmpty()) {
                return Optional.empty();
            }
            lastId = batch.get(batch.size() - 1).id();
            return Optional.of(batch.stream().map(ParseStage.this::parse).toList());
        }
    }

    /** What has been parsed so far. */
    private final class Count {
        private long parsed;
        private long unknownCodes;
        private long withoutTime;

        void add(List<ParsedEvent> batch) {
            parsed += batch.size();
            for (ParsedEvent event : batch) {
                unknownCodes += catalog.definition(event.raw().eventCode()).isEmpty() ? 1 : 0;
                withoutTime += event.timestamp() == null ? 1 : 0;
            }
        }
    }

    /** Empties the derived tables and gives every raw event the UTC time that the clock now tells. */
    void startOver() {
        new DerivedTables(database).clear();
        RawEventTable rawEvents = new RawEventTable(database);
        long lastId = 0;
        List<RawEvent> batch = rawEvents.after(lastId, BATCH);
        while (!batch.isEmpty()) {
            List<RawEvent> events = batch;
            List<Instant> times = new ArrayList<>();
            events.forEach(raw ->
                    times.add(raw.pumpTimestamp() == null ? null : timeOf(raw).utc()));
            database.transaction(connection -> {
                rawEvents.retime(events, times);
                return null;
            });
            lastId = events.get(events.size() - 1).id();
            batch = rawEvents.after(lastId, BATCH);
        }
    }

    private ParsedEvent parse(RawEvent raw) {
        PumpTime time = raw.pumpTimestamp() == null ? new PumpTime(null, TimeBasis.UNKNOWN) : timeOf(raw);
        return new ParsedEvent(
                raw,
                time.utc(),
                time.basis().label(),
                catalog.nameOf(raw.eventCode()),
                eventData.eventData(raw.eventCode(), raw.json()));
    }

    private PumpTime timeOf(RawEvent raw) {
        return pumpClock.at(new SequencePosition(raw.sequenceGroup(), raw.sequenceNumber()), raw.pumpTimestamp());
    }
}
