package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.ClockChange;
import io.github.tandemfetch.pump.ClockChangeReader;
import io.github.tandemfetch.pump.PumpClock;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.source.PumpLogSink;
import io.github.tandemfetch.source.ReceivedEvent;
import io.github.tandemfetch.store.RawEventStaging;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Puts the events of an answer into the staging area, with their times. */
final class StagingSink implements PumpLogSink {
    private final RawEventStaging staging;
    private final PumpClock pumpClock;
    private final Set<SequencePosition> knownClockChanges;
    private final ClockChangeReader changeReader = new ClockChangeReader();
    private final Map<SequencePosition, ClockChange> clockChanges = new HashMap<>();
    private long events;
    private LocalDateTime newest;

    StagingSink(RawEventStaging staging, PumpClock pumpClock, Set<SequencePosition> knownClockChanges) {
        this.staging = staging;
        this.pumpClock = pumpClock;
        this.knownClockChanges = knownClockChanges;
    }

    long events() {
        return events;
    }

    /** The latest stamp of this answer, clock changes not counted; null where none is readable. */
    LocalDateTime newest() {
        return newest;
    }

    /** The clock changes of this answer that no earlier one had. */
    Map<SequencePosition, ClockChange> clockChanges() {
        return clockChanges;
    }

    @Override
    public void restart() {
        staging.restart();
        clockChanges.clear();
        events = 0;
        newest = null;
    }

    @Override
    public void accept(ReceivedEvent event) {
        SequencePosition position = new SequencePosition(event.sequenceGroup(), event.sequenceNumber());
        LocalDateTime wallClock = PumpTimestamp.parse(event.pumpDateTime()).orElse(null);
        if (event.clockChange()) {
            if (knownClockChanges.contains(position) || clockChanges.containsKey(position)) {
                return;
            }
            changeReader
                    .read(position, event.eventCode(), wallClock, event.json())
                    .ifPresent(change -> clockChanges.put(position, change));
        } else {
            events++;
            if (newest == null || wallClock != null && wallClock.isAfter(newest)) {
                newest = wallClock;
            }
        }
        Instant utc =
                wallClock == null ? null : pumpClock.at(position, wallClock).utc();
        staging.add(
                event.clockChange(),
                event.sequenceGroup(),
                event.sequenceNumber(),
                event.eventCode(),
                wallClock,
                utc,
                event.json());
    }
}
