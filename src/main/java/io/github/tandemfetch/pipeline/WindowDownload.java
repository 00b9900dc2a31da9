package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.ClockChange;
import io.github.tandemfetch.clock.ClockEvidence;
import io.github.tandemfetch.clock.PumpClock;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.TimelineBuilder;
import io.github.tandemfetch.history.RawEventStaging;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.source.SourceException;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.store.Database;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Fetches the windows of one pump into the staging area, and learns from each answer how its clock was changed. */
final class WindowDownload {
    private final PlannedFetch planned;
    private final TandemSourceClient client;
    private final PumpClocks clocks;

    // Every answer has all clock changes; touched by the fetching thread only.
    private final Map<SequencePosition, ClockChange> knownClockChanges = new HashMap<>();
    private PumpClock pumpClock;
    private boolean namesPump;

    WindowDownload(PlannedFetch planned, TandemSourceClient client, PumpClocks clocks) {
        this.planned = planned;
        this.client = client;
        this.clocks = clocks;
        this.pumpClock = clocks.of(planned.serial());
    }

    /**
     * Fetches a window.
     *
     * @param session the session of the fetching thread, in which the answer is staged
     */
    FetchedWindow fetch(FetchWindow window, Database session) {
        RawEventStaging staging = new RawEventTable(session).stage();
        StagingSink sink = new StagingSink(staging, planned.assignments(), pumpClock, knownClockChanges.keySet());
        try {
            client.pumpLogs(planned.assignment(), window.first(), window.last(), sink);
        } catch (SourceException failure) {
            // The same session may go on with a part of the window.
            staging.close();
            throw failure;
        }
        sink.finish(() -> namesPump || new RawEventTable(session).namesPump(planned.serial(), planned.assignment()));
        namesPump |= sink.namesPump();
        learn(sink.clockChanges());
        return new FetchedWindow(window, staging, sink.events(), sink.newest(), sink.clockChangesSent(), false);
    }

    /**
     * The first answer of a first fetch has every change of the clock. The times told from them alone are those that
     * the second stage finds too, but for a few, so that it need not write most raw events once more.
     */
    private void learn(Map<SequencePosition, ClockChange> changes) {
        knownClockChanges.putAll(changes);
        if (planned.isFirst() && !changes.isEmpty()) {
            List<ClockChange> known = knownClockChanges.values().stream()
                    .sorted(Comparator.comparing(ClockChange::position))
                    .toList();
            pumpClock = new TimelineBuilder(clocks.zone()).build(new ClockEvidence(List.of(), known, List.of()));
        }
    }
}
