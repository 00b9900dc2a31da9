package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.GapKind;
import io.github.tandemfetch.history.GapSurvey;
import io.github.tandemfetch.history.IncompleteEvents;
import io.github.tandemfetch.source.RequestRejectedException;
import io.github.tandemfetch.store.Database;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Asks for the days around what is missing within the log of one pump, as far as an answer may say something new. */
final class GapSearch {
    /** Few enough that each new upload may be asked for them; longer holes wait longer after each search in vain. */
    private static final int DAYS_AT_EACH_UPLOAD = 14;

    private final PlannedFetch planned;
    private final Database database;
    private final WindowTransfer transfer;
    private final Clock clock;
    private final PipelineListener listener;
    private final IncompleteEvents incomplete;

    GapSearch(
            PlannedFetch planned, Database database, WindowTransfer transfer, Clock clock, PipelineListener listener) {
        this.planned = planned;
        this.database = database;
        this.transfer = transfer;
        this.clock = clock;
        this.listener = listener;
        this.incomplete = new IncompleteEvents(database, planned.serial());
    }

    /**
     * The days that the service has not answered whole, those that a new upload reopens, and those with events that
     * lack something; not those that were asked
     * for in this fetch.
     *
     * @param survey the gaps
     * @param before only days before this one, with which the usual windows begin
     */
    List<LocalDate> due(GapSurvey survey, LocalDate before) {
        List<LocalDate> days = new ArrayList<>(survey.openDays(planned.assignment(), before));
        days.addAll(survey.reopenedDays(planned.assignment(), clock.instant(), DAYS_AT_EACH_UPLOAD));
        days.addAll(incomplete.dueDays(planned.assignment(), planned.plan().upload(), clock.instant()));
        return new TreeSet<>(days)
                .stream()
                        .filter(day -> transfer.asked().stream().noneMatch(window -> window.holds(day)))
                        .toList();
    }

    /** The days around every gap, all that the service has not answered whole, and all with events that lack something. */
    List<LocalDate> all(GapSurvey survey) {
        Collection<LocalDate> days = new TreeSet<>(survey.daysOfGaps(planned.assignment()));
        days.addAll(
                survey.openDays(planned.assignment(), planned.plan().lastDay().plusDays(1)));
        days.addAll(incomplete.allDays(planned.assignment()));
        return List.copyOf(days);
    }

    /**
     * Asks for days.
     *
     * @param days the days, in order
     * @param note takes down how far the pump has been fetched with the windows it is given
     * @return the windows without any event, asked twice
     */
    List<FetchWindow> search(List<LocalDate> days, Consumer<List<FetchedWindow>> note) {
        List<FetchWindow> empty = transfer.storeAll(FetchPlan.windowsOf(days), note);
        return transfer.storeAll(empty, note);
    }

    /**
     * Whether the first days of the pump's calendar are to be asked for: where there are gaps that are no pattern, or
     * events without a stamp, as a lost clock may be behind them.
     */
    boolean isCalendarStartDue(GapSurvey survey) {
        return mayBeOfLostClock(survey)
                && planned.plan()
                        .calendarStart()
                        .filter(window -> survey.isDue(
                                planned.assignment(),
                                window.first(),
                                planned.plan().upload(),
                                clock.instant()))
                        .isPresent();
    }

    /** Whether there are gaps that are no pattern, or events without a stamp. */
    boolean mayBeOfLostClock(GapSurvey survey) {
        return survey.amounts().keySet().stream().anyMatch(kind -> kind != GapKind.NOT_SENT) || incomplete.lackStamps();
    }

    /**
     * Asks for the first days of the pump's calendar.
     *
     * @return the window where it has no event, asked twice; to be noted once the fetch is known to be complete
     */
    List<FetchWindow> searchCalendarStart(Consumer<List<FetchedWindow>> note) {
        FetchWindow window = planned.plan().calendarStart().orElse(null);
        if (window == null) {
            return List.of();
        }
        try {
            List<FetchWindow> empty = transfer.storeWhole(window, note);
            return empty.isEmpty() ? empty : transfer.storeWhole(window, note);
        } catch (RequestRejectedException e) {
            // Days outside of what the service offers may be refused: then nothing can be found there.
            listener.notice("Pump " + planned.serial() + ": the service refused to look for missing events from "
                    + window.first() + " to " + window.last() + ".");
            return List.of();
        }
    }

    GapSurvey survey() {
        return GapSurvey.of(database, planned.serial());
    }
}
