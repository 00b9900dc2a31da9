package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.EventDataWriter;
import io.github.tandemfetch.pump.PumpTime;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.pump.TimeBasis;
import io.github.tandemfetch.store.EventTable.ParsedEvent;
import io.github.tandemfetch.store.RawEventTable.RawEvent;

/** Makes an event of a raw event. For use by several threads. */
final class EventParser {
    private final EventCatalog catalog;
    private final EventDataWriter eventData;
    private final PumpClocks clocks;

    EventParser(EventCatalog catalog, PumpClocks clocks) {
        this.catalog = catalog;
        this.eventData = new EventDataWriter(catalog);
        this.clocks = clocks;
    }

    /** The event; an {@link IllegalArgumentException} where the raw event is no JSON object. */
    ParsedEvent parse(RawEvent raw) {
        PumpTime time = raw.pumpTimestamp() == null ? new PumpTime(null, TimeBasis.UNKNOWN) : timeOf(raw);
        return new ParsedEvent(
                raw.id(),
                raw.pumpSerial(),
                raw.sequenceGroup(),
                raw.sequenceNumber(),
                raw.eventCode(),
                raw.pumpTimestamp(),
                time.utc(),
                time.basis().label(),
                catalog.nameOf(raw.eventCode()),
                eventData.eventData(raw.eventCode(), raw.json()));
    }

    private PumpTime timeOf(RawEvent raw) {
        return clocks.of(raw.pumpSerial())
                .at(new SequencePosition(raw.sequenceGroup(), raw.sequenceNumber()), raw.pumpTimestamp());
    }
}
