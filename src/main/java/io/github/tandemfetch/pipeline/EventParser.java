package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.PumpTime;
import io.github.tandemfetch.clock.TimeBasis;
import io.github.tandemfetch.history.EventTable.ParsedEvent;
import io.github.tandemfetch.history.RawEventTable.RawEvent;
import io.github.tandemfetch.pump.EventCatalog;
import io.github.tandemfetch.pump.EventDataWriter;
import io.github.tandemfetch.pump.SequencePosition;

/** Makes an event of a raw event. For use by several threads. */
public final class EventParser {
    private final EventCatalog catalog;
    private final EventDataWriter eventData;
    private final PumpClocks clocks;

    public EventParser(EventCatalog catalog, PumpClocks clocks) {
        this.catalog = catalog;
        this.eventData = new EventDataWriter(catalog);
        this.clocks = clocks;
    }

    /** The event; an {@link IllegalArgumentException} where the raw event is no JSON object. */
    public ParsedEvent parse(RawEvent raw) {
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
