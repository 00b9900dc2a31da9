package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.GapSurvey.Amount;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Fetches everything that is missing within the stored log of one pump and at its end, asked for before or not. */
final class GapFetching {
    private final PlannedFetch planned;
    private final WindowTransfer transfer;
    private final ProgressNotes notes;
    private final GapSearch search;
    private final Clock clock;
    private final PipelineListener listener;
    private final RawEventTable rawEvents;

    GapFetching(
            PlannedFetch planned,
            Database database,
            WindowTransfer transfer,
            ProgressNotes notes,
            GapSearch search,
            Clock clock,
            PipelineListener listener) {
        this.planned = planned;
        this.transfer = transfer;
        this.notes = notes;
        this.search = search;
        this.clock = clock;
        this.listener = listener;
        this.rawEvents = new RawEventTable(database);
    }

    GapFetch fetch() {
        String serial = planned.serial();
        Instant began = clock.instant();
        notes.offered();
        GapSurvey survey = search.survey();
        Amount missing = total(survey);
        List<FetchWindow> end = rawEvents
                .newestPumpTimestamp(serial, planned.assignment())
                .map(planned.plan()::windowsAfter)
                .orElse(List.of());
        List<LocalDate> days = search.all(survey);
        listener.fetchStarted(serial, FetchPlan.windowsOf(days).size() + end.size());
        if (search.mayBeOfLostClock(survey)) {
            search.searchCalendarStart(ready -> {});
        }
        transfer.storeAll(end, ready -> {});
        transfer.noteEmpty(search.search(days, ready -> {}));
        transfer.failedDays()
                .forEach(day -> listener.notice("Pump " + serial + ", "
                        + day.window().first() + ": " + day.failure().getMessage()));
        GapSurvey after = search.survey();
        Amount left = total(after);
        WindowTransfer.Counts counts = transfer.counts();
        return new GapFetch(
                serial,
                planned.pump().modelName(),
                Math.toIntExact(missing.gaps()),
                counts.windows(),
                counts.received(),
                counts.inserted(),
                missing.sequenceNumbers(),
                left.sequenceNumbers(),
                after.notAnsweredSince(planned.assignment(), began).gaps(),
                counts.rejected());
    }

    private static Amount total(GapSurvey survey) {
        return survey.amounts().values().stream().reduce(Amount.NONE, Amount::plus);
    }
}
