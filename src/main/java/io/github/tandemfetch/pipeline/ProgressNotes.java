package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.ClockStage;
import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.store.Database;
import java.time.Clock;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;

/** Takes down how far one pump has been fetched, with the windows that are stored and at the end. */
final class ProgressNotes {
    private final PlannedFetch planned;
    private final FetchPlan plan;
    private final Clock clock;
    private final FetchProgressTable progress;
    private final RawEventTable rawEvents;

    // Not past a window without events, before it is known that there are none; null as long as there was no such
    // window.
    private LocalDate goOnFrom;
    private boolean offered;
    private boolean seenEmptyEarlier;
    private FetchWindow besideEarlier;

    ProgressNotes(PlannedFetch planned, Database database, Clock clock) {
        this.planned = planned;
        this.plan = planned.plan();
        this.clock = clock;
        this.progress = new FetchProgressTable(database);
        this.rawEvents = new RawEventTable(database);
    }

    /** Takes down that the pump has been fetched through the last of these windows. */
    void through(List<FetchedWindow> ready) {
        noteThrough(ready, plan.fetchedThrough(ready.get(ready.size() - 1).window()));
    }

    /** Takes down that the pump has been fetched to where the next fetch begins, if this one is complete. */
    void throughEnd(List<FetchedWindow> ready) {
        noteThrough(ready, plan.mayStillGrow());
    }

    private void noteThrough(List<FetchedWindow> ready, LocalDate day) {
        ready.stream().filter(FetchedWindow::isEmpty).findFirst().ifPresent(this::stayAt);
        fetchedThrough(goOnFrom != null ? goOnFrom : day);
    }

    private void fetchedThrough(LocalDate day) {
        progress.windowStored(
                planned.serial(), planned.assignment(), planned.pump().modelName(), plan.firstDay(), day);
        if (!offered) {
            offered();
            offered = true;
        }
    }

    /** Takes down for which days the service offers events, and as of which upload. */
    void offered() {
        progress.offered(planned.serial(), planned.assignment(), plan.firstDay(), plan.lastDay(), plan.upload());
    }

    private void stayAt(FetchedWindow empty) {
        if (goOnFrom == null) {
            goOnFrom = lastSeenBefore(empty.window());
        }
    }

    /**
     * From where to ask again because of a window without events: the answer before it may have ended too early
     * already, and no gap tells that where the log began anew meanwhile.
     */
    LocalDate lastSeenBefore(FetchWindow window) {
        LocalDate lastSeen = rawEvents
                .newestPumpTimestamp(
                        planned.serial(), planned.assignment(), window.first().atStartOfDay(), ClockStage.CHANGE_CODES)
                .map(newest -> newest.toLocalDate().minusDays(1))
                .orElse(window.first());
        return lastSeen.isBefore(plan.firstDay()) ? plan.firstDay() : lastSeen;
    }

    /**
     * Not past a window without events, as long as it is not known whether they are still to come, nor past the one
     * beside it, of which some may have been left out already.
     */
    void earlier(List<FetchedWindow> ready) {
        for (FetchedWindow window : ready) {
            seenEmptyEarlier |= window.isEmpty();
            if (!seenEmptyEarlier) {
                if (besideEarlier != null) {
                    earlierFrom(besideEarlier.first());
                }
                besideEarlier = window.window();
            }
        }
    }

    /** Takes down that the days before the first so far are stored, from this one on. */
    void earlierFrom(LocalDate day) {
        progress.earlierStored(planned.serial(), planned.assignment(), day);
    }

    /** Takes down that something seems to be missing, and from which day the next run asks again. */
    void incomplete(LocalDate from) {
        progress.incomplete(planned.serial(), planned.assignment(), from, clock.instant());
    }

    /** Takes down that everything the service has is stored. */
    void complete() {
        fetchedThrough(plan.mayStillGrow());
        LocalDateTime through = plan.newestEvent() != null
                ? plan.newestEvent()
                : rawEvents
                        .newestPumpTimestamp(planned.serial(), planned.assignment())
                        .orElse(plan.lastDay().atStartOfDay());
        progress.complete(planned.serial(), planned.assignment(), through, plan.upload(), clock.instant());
    }
}
