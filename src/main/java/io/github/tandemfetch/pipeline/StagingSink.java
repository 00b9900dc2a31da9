package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.ClockChange;
import io.github.tandemfetch.clock.ClockChangeReader;
import io.github.tandemfetch.clock.PumpClock;
import io.github.tandemfetch.history.RawEventStaging;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.source.PumpLogSink;
import io.github.tandemfetch.source.ReceivedEvent;
import io.github.tandemfetch.source.RejectedEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Puts the events of an answer into the staging area, with their times. */
final class StagingSink implements PumpLogSink {
    private final RawEventStaging staging;
    private final PumpAssignments assignments;
    private final PumpClock pumpClock;
    private final Set<SequencePosition> knownClockChanges;
    private final ClockChangeReader changeReader = new ClockChangeReader();
    private final Map<SequencePosition, ClockChange> clockChanges = new HashMap<>();
    private Count own = Count.NONE;
    private Count others = Count.NONE;
    private boolean ofListedPump;
    private boolean namesPump;
    private boolean clockChangesSent;

    StagingSink(
            RawEventStaging staging,
            PumpAssignments assignments,
            PumpClock pumpClock,
            Set<SequencePosition> knownClockChanges) {
        this.staging = staging;
        this.assignments = assignments;
        this.pumpClock = pumpClock;
        this.knownClockChanges = knownClockChanges;
    }

    /**
     * Events of an answer, clock changes not counted.
     *
     * @param events how many they are
     * @param newest the latest stamp; null where none is readable
     */
    private record Count(long events, LocalDateTime newest) {
        private static final Count NONE = new Count(0, null);

        private Count with(LocalDateTime stamp) {
            boolean newer = newest == null || stamp != null && stamp.isAfter(newest);
            return new Count(events + 1, newer ? stamp : newest);
        }
    }

    long events() {
        return own.events();
    }

    /** The latest stamp of this answer, clock changes not counted; null where none is readable. */
    LocalDateTime newest() {
        return own.newest();
    }

    /** Whether the answer had a list of clock changes, be it an empty one. */
    boolean clockChangesSent() {
        return clockChangesSent;
    }

    /** Whether an event names the pump that was asked for. */
    boolean namesPump() {
        return namesPump;
    }

    /** The clock changes of this answer that no earlier one had. */
    Map<SequencePosition, ClockChange> clockChanges() {
        return clockChanges;
    }

    @Override
    public void restart() {
        staging.restart();
        clockChanges.clear();
        own = Count.NONE;
        others = Count.NONE;
        ofListedPump = false;
        namesPump = false;
        clockChangesSent = true;
    }

    @Override
    public void accept(ReceivedEvent event) {
        SequencePosition position = new SequencePosition(event.sequenceGroup(), event.sequenceNumber());
        LocalDateTime wallClock = PumpTimestamp.parse(event.pumpDateTime()).orElse(null);
        boolean otherPump = !assignments.isOfPump(event.assignmentId());
        if (otherPump) {
            ofListedPump |= assignments.isOfOtherPump(event.assignmentId());
        }
        if (event.clockChange()) {
            if (knownClockChanges.contains(position) || clockChanges.containsKey(position)) {
                return;
            }
            if (!otherPump) {
                changeReader
                        .read(position, event.eventCode(), wallClock, event.json())
                        .ifPresent(change -> clockChanges.put(position, change));
            }
        } else if (otherPump) {
            others = others.with(wallClock);
        } else {
            own = own.with(wallClock);
            namesPump |= event.assignmentId() != null;
        }
        Instant utc =
                wallClock == null ? null : pumpClock.at(position, wallClock).utc();
        staging.add(
                otherPump,
                event.clockChange(),
                event.sequenceGroup(),
                event.sequenceNumber(),
                event.eventCode(),
                wallClock,
                utc,
                event.json());
    }

    @Override
    public void reject(RejectedEvent event) {
        staging.reject(event.reason(), event.content(), event.size());
    }

    @Override
    public void lacksClockChanges() {
        clockChangesSent = false;
    }

    /**
     * Ends the answer. Where the service names the pump by its assignment, an event with another name is another pump's;
     * where it never does, the name tells nothing.
     *
     * @param elsewhere whether other answers named the pump by its assignment
     */
    void finish(BooleanSupplier elsewhere) {
        staging.finish();
        if (staging.hasOtherPumps()) {
            boolean rejected = ofListedPump || own.events() > 0 || elsewhere.getAsBoolean();
            staging.settleOtherPumps(rejected);
            own = rejected ? own : others;
        }
    }
}
