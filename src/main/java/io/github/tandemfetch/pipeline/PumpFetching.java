package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.ConflictingEventTable;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.SequenceGaps;
import io.github.tandemfetch.store.Database;
import java.time.LocalDate;
import java.util.ArrayList;
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
    private List<FetchWindow> emptyCalendarStart = List.of();

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
        List<FetchWindow> stillEmpty = new ArrayList<>(transfer.storeAll(empty, notes::throughEnd));
        int emptyWindows = stillEmpty.size();
        stillEmpty.addAll(searchGaps(windows.get(0)));
        transfer.failedDays()
                .forEach(day ->
                        listener.notice("Pump " + serial + ", " + day.window().first() + ": "
                                + day.failure().getMessage() + " The next sync asks for this day again."));
        PumpFetch.State state = completeness.conclude(
                new FetchCompleteness.Evidence(windows, stillEmpty, earlierThere, transfer.newestReceived()));
        if (state == PumpFetch.State.COMPLETE) {
            transfer.noteEmpty(emptyCalendarStart);
        }
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
                counts.replaced(),
                counts.rejected(),
                emptyWindows,
                gaps.missing(serial));
    }

    /** Asks for the days around gaps; what was just downloaded whole is not asked for again. */
    private List<FetchWindow> searchGaps(FetchWindow first) {
        GapSurvey survey = search.survey();
        if (search.isCalendarStartDue(survey)) {
            emptyCalendarStart = search.searchCalendarStart(notes::throughEnd);
            survey = search.survey();
        }
        List<LocalDate> days = search.due(survey, first.first());
        return search.search(days, notes::throughEnd);
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
