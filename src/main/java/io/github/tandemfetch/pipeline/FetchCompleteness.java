package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.FetchProgressTable.Progress;
import io.github.tandemfetch.store.RawEventTable;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import io.github.tandemfetch.store.SequenceGaps.KnownGap;
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
    private final PumpLog log;
    private final ProgressNotes notes;
    private final Clock clock;
    private final RawEventTable rawEvents;
    private final SequenceGaps gaps;

    FetchCompleteness(PlannedFetch planned, Database database, PumpLog log, ProgressNotes notes, Clock clock) {
        this.planned = planned;
        this.plan = planned.plan();
        this.log = log;
        this.notes = notes;
        this.clock = clock;
        this.rawEvents = new RawEventTable(database);
        this.gaps = new SequenceGaps(database);
    }

    /**
     * What a fetch has to show.
     *
     * @param windows the windows that were asked for, at least one
     * @param empty those of them without events, asked twice
     * @param earlierThere whether the service had what it says to have from before the days that were fetched
     * @param search what came of the search for gaps
     * @param newestReceived the latest stamp that came, pump clock; null where none was readable
     */
    record Evidence(
            List<FetchWindow> windows,
            List<FetchWindow> empty,
            boolean earlierThere,
            GapSearch.Result search,
            LocalDateTime newestReceived) {
        private FetchWindow last() {
            return windows.get(windows.size() - 1);
        }
    }

    /** Marks the fetch complete, or has the next run ask again for what seems to be missing. */
    PumpFetch.State conclude(Evidence fetched) {
        List<KnownGap> left = gaps.missing(planned.serial()) == 0 ? List.of() : gaps.all(planned.serial());
        List<Gap> gapsLeft = left.stream()
                .filter(known -> known.searchedAt() == null)
                .map(KnownGap::gap)
                .toList();
        boolean settled = isSettled();
        boolean incomplete = !fetched.earlierThere() || seemsIncomplete(fetched, gapsLeft);
        if (incomplete && !settled) {
            LocalDate from = fetched.empty().isEmpty()
                    ? fetched.last().first()
                    : notes.lastSeenBefore(fetched.empty().get(0));
            notes.incomplete(from);
            return PumpFetch.State.INCOMPLETE;
        }
        gaps.searched(
                planned.serial(),
                left.stream()
                        .map(KnownGap::gap)
                        .filter(gap -> fetched.search().answers(gap) || settled && gapsLeft.contains(gap))
                        .toList(),
                clock.instant());
        notes.complete();
        return PumpFetch.State.COMPLETE;
    }

    /**
     * A window without events may be a pump in a drawer. It is taken for a failing service where the log has a gap
     * too, where the service itself says that data begins with the first window, or where the newest event is not
     * there.
     */
    private boolean seemsIncomplete(Evidence fetched, List<Gap> gapsLeft) {
        FetchWindow first = fetched.windows().get(0);
        boolean firstIsEmpty = plan.saysFirstDay()
                && first.first().equals(plan.firstDay())
                && fetched.empty().contains(first);
        boolean gapsUnexplained = gapsLeft.stream().anyMatch(gap -> !isOfOthersToo(gap))
                && (fetched.search().inVain() || !fetched.empty().isEmpty());
        LocalDateTime newest = newest(fetched);
        LocalDateTime expected = fetched.empty().contains(fetched.last())
                ? plan.newestEvent()
                : plan.newestEvent().minusDays(1);
        boolean lacksNewest = newest == null || newest.isBefore(expected);
        return firstIsEmpty || gapsUnexplained || lacksNewest;
    }

    /** A gap that another assignment may fill says nothing about this one. */
    private boolean isOfOthersToo(Gap gap) {
        return Stream.of(gap.timeBefore(), gap.timeAfter())
                .anyMatch(stamp -> stamp != null && log.isOfferedBesides(planned.assignment(), stamp.toLocalDate()));
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
