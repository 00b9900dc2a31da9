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

/** Stage 2: an event for every raw event that has none. One transaction a batch; running it again does what is left. */
final class ParseStage {
    private static final int BATCH = 20_000;

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
        EventTable events = new EventTable(database);
        long total = events.findPending();
        long done = 0;
        long unknownCodes = 0;
        long withoutTime = 0;
        long lastId = 0;
        while (done < total) {
            List<RawEvent> batch = events.pendingAfter(lastId, BATCH);
            List<ParsedEvent> parsed = batch.parallelStream().map(this::parse).toList();
            database.transaction(connection -> {
                events.insert(parsed, clock.instant());
                return null;
            });
            lastId = batch.get(batch.size() - 1).id();
            done += batch.size();
            unknownCodes += batch.stream()
                    .filter(raw -> catalog.definition(raw.eventCode()).isEmpty())
                    .count();
            withoutTime +=
                    parsed.stream().filter(event -> event.timestamp() == null).count();
            listener.parsed(done, total);
        }
        return new ParseReport(total, unknownCodes, withoutTime, events.count());
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
