package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.ServiceNoteTable;
import io.github.tandemfetch.store.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Judges whether the fetch of one pump has brought everything that the service has. */
final class FetchCompleteness {
    private static final int RUNS_UNTIL_SETTLED = 3;
    private static final Duration TIME_UNTIL_SETTLED = Duration.ofDays(1);

    private final PlannedFetch planned;
    private final FetchPlan plan;
    private final ProgressNotes notes;
    private final Clock clock;
    private final RawEventTable rawEvents;
    private final ServiceNoteTable serviceNotes;
    private final Database database;
    private final WindowTransfer transfer;
    private final PipelineListener listener;

    FetchCompleteness(
            PlannedFetch planned,
            Database database,
            WindowTransfer transfer,
            ProgressNotes notes,
            Clock clock,
            PipelineListener listener) {
        this.planned = planned;
        this.plan = planned.plan();
        this.notes = notes;
        this.clock = clock;
        this.rawEvents = new RawEventTable(database);
        this.serviceNotes = new ServiceNoteTable(database);
        this.database = database;
        this.transfer = transfer;
        this.listener = listener;
    }

    /**
     * What a fetch has to show.
     *
     * @param windows the windows that were asked for, at least one
     * @param empty those without events, asked twice; the ones of a search for gaps too
     * @param earlierThere whether the service had what it says to have from before the days that were fetched
     * @param newestReceived the latest stamp that came, pump clock; null where none was readable
     */
    record Evidence(
            List<FetchWindow> windows, List<FetchWindow> empty, boolean earlierThere, LocalDateTime newestReceived) {
        private FetchWindow last() {
            return windows.get(windows.size() - 1);
        }
    }

    /** Marks the fetch complete, or has the next run ask again for what seems to be missing. */
    PumpFetch.State conclude(Evidence fetched) {
        GapSurvey survey = GapSurvey.of(database, planned.serial());
        boolean incomplete =
                !fetched.earlierThere() || !transfer.clockChangesSent() || seemsIncomplete(fetched, survey);
        if (!transfer.clockChangesSent()) {
            listener.notice("Pump " + planned.serial() + ": the service sent no list of clock changes, so that times"
                    + " may be wrong where the clock was set. The next sync asks again.");
        }
        boolean failed = !transfer.failedDays().isEmpty();
        if (failed || incomplete && !isSettled()) {
            notes.incomplete(goOnFrom(fetched, incomplete));
            return PumpFetch.State.INCOMPLETE;
        }
        transfer.noteEmpty(fetched.empty());
        notes.complete();
        survey.pattern()
                .filter(pattern -> serviceNotes.isFirst(planned.serial(), "not_sent", clock.instant()))
                .ifPresent(pattern -> listener.remark(
                        PatternReport.of(planned.serial(), pattern).describe()));
        return PumpFetch.State.COMPLETE;
    }

    /** A day that failed is known as one that was not answered; all others are stored. */
    private LocalDate goOnFrom(Evidence fetched, boolean incomplete) {
        if (!incomplete) {
            return plan.mayStillGrow();
        }
        return fetched.empty().isEmpty()
                ? fetched.last().first()
                : notes.lastSeenBefore(fetched.empty().get(0));
    }

    /**
     * A window without events may be a pump in a drawer. It is taken for a failing service where the log has a gap
     * too, where the service itself says that data begins with the first window, or where the newest event is not
     * there.
     */
    private boolean seemsIncomplete(Evidence fetched, GapSurvey survey) {
        FetchWindow first = fetched.windows().get(0);
        boolean firstIsEmpty = plan.saysFirstDay()
                && first.first().equals(plan.firstDay())
                && fetched.empty().contains(first);
        boolean gapsUnexplained =
                fetched.empty().stream().anyMatch(window -> survey.touches(window.first(), window.last()));
        return firstIsEmpty || gapsUnexplained || lacksNewest(fetched);
    }

    private boolean lacksNewest(Evidence fetched) {
        LocalDateTime newest = newest(fetched);
        if (newest == null || plan.newestEvent() == null) {
            return newest == null;
        }
        LocalDateTime expected = fetched.empty().contains(fetched.last())
                ? plan.newestEvent()
                : plan.newestEvent().minusDays(1);
        return newest.isBefore(expected);
    }

    /** What this assignment has brought; an event that another has too may be stored as that one's. */
    private LocalDateTime newest(Evidence fetched) {
        return Stream.of(
                        Optional.ofNullable(fetched.newestReceived()),
                        rawEvents.newestPumpTimestamp(planned.serial(), planned.assignment()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** What the service has not had in several runs on different days, it does not have. */
    boolean isSettled() {
        Progress before = planned.before();
        return before != null
                && before.incompleteRuns() >= RUNS_UNTIL_SETTLED
                && before.incompleteSince() != null
                && before.incompleteSince().plus(TIME_UNTIL_SETTLED).isBefore(clock.instant());
    }
}
