package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.ConflictingEventTable;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.SequenceGaps;
import java.util.List;

/** Fetches what is new of one pump. */
final class PumpFetching {
    private final PlannedFetch planned;
    private final WindowTransfer transfer;
    private final ProgressNotes notes;
    private final GapSearch search;
    private final FetchCompleteness completeness;
    private final PipelineListener listener;
    private final ConflictingEventTable conflicts;
    private final SequenceGaps gaps;

    PumpFetching(
            PlannedFetch planned,
            Database database,
            WindowTransfer transfer,
            ProgressNotes notes,
            GapSearch search,
            FetchCompleteness completeness,
            PipelineListener listener) {
        this.planned = planned;
        this.transfer = transfer;
        this.notes = notes;
        this.search = search;
        this.completeness = completeness;
        this.listener = listener;
        this.conflicts = new ConflictingEventTable(database);
        this.gaps = new SequenceGaps(database);
    }

    /** Stores what the service has and the database lacks, asks for gaps, and judges whether everything is there. */
    PumpFetch fetch() {
        String serial = planned.serial();
        List<FetchWindow> windows = planned.plan().windows(planned.before());
        List<FetchWindow> earlier = planned.plan().earlierWindows(planned.before());
        listener.fetchStarted(serial, earlier.size() + windows.size());
        long contradictingBefore = conflicts.count(serial);
        boolean earlierThere = storeEarlier(earlier);
        List<FetchWindow> empty = transfer.storeAll(windows, notes::through);
        List<FetchWindow> stillEmpty = transfer.storeAll(empty, notes::throughEnd);
        GapSearch.Result searched = search.search(search.due(), notes::throughEnd);
        PumpFetch.State state = completeness.conclude(
                new FetchCompleteness.Evidence(windows, stillEmpty, earlierThere, searched, transfer.newestReceived()));
        WindowTransfer.Counts counts = transfer.counts();
        return new PumpFetch(
                serial,
                planned.pump().modelName(),
                state,
                counts.windows(),
                counts.received(),
                counts.inserted(),
                counts.conflicting(),
                conflicts.count(serial) - contradictingBefore,
                stillEmpty.size(),
                gaps.missing(serial));
    }

    /**
     * Stores what the service has come to have from before the days that were fetched. Where it has nothing on the day
     * with which it says that its data begins, the next run asks again.
     *
     * @return false where the next run has to
     */
    private boolean storeEarlier(List<FetchWindow> windows) {
        if (windows.isEmpty()) {
            return true;
        }
        FetchWindow first = windows.get(windows.size() - 1);
        List<FetchWindow> empty = transfer.storeAll(windows, notes::earlier);
        boolean nothingThere = transfer.storeAll(empty, ready -> {}).contains(first);
        if (nothingThere && !completeness.isSettled()) {
            return false;
        }
        notes.earlierFrom(first.first());
        return true;
    }
}
