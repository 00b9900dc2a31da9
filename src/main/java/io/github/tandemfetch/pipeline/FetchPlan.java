package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.store.FetchProgressTable.Progress;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which windows to ask for, for one pump.
 *
 * @param firstDay a day before the first on which the service has events, so that it does not matter whose days it
 *     counts
 * @param newestDay the day of the newest event, on the pump's clock
 * @param newestEvent the service's {@code maxDateOfEvents}, pump clock
 */
record FetchPlan(LocalDate firstDay, LocalDate newestDay, LocalDateTime newestEvent) {

    /**
     * Plans for a pump.
     *
     * @param pump what the service says of the pump
     * @return empty for a pump that never uploaded
     */
    static Optional<FetchPlan> of(Pump pump) {
        LocalDateTime newest = pump.maxDateOfEvents() != null
                ? pump.maxDateOfEvents()
                : pump.lastDay() == null ? null : pump.lastDay().atStartOfDay();
        if (newest == null) {
            return Optional.empty();
        }
        LocalDate first = pump.firstDay() == null ? PumpTimestamp.EPOCH.toLocalDate() : pump.firstDay();
        LocalDate last = latest(newest.toLocalDate(), first, pump.lastDay());
        return Optional.of(new FetchPlan(first.minusDays(1), last, newest));
    }

    private static LocalDate latest(LocalDate newest, LocalDate first, LocalDate end) {
        LocalDate latest = newest.isBefore(first) ? first : newest;
        return end != null && end.isAfter(latest) ? end : latest;
    }

    /**
     * Whether the service has nothing newer than the last complete fetch.
     *
     * @param progress how far the pump has been fetched; null before the first time
     */
    boolean isFetched(Progress progress) {
        return progress != null && newestEvent.equals(progress.completeThrough());
    }

    /**
     * The windows that have not been stored yet.
     *
     * @param progress how far the pump has been fetched; null before the first time
     * @return at least one window
     */
    List<FetchWindow> windows(Progress progress) {
        LocalDate from = progress == null || progress.fetchedThrough() == null ? firstDay : progress.fetchedThrough();
        LocalDate latestStart = newestDay.minusDays(1);
        return FetchWindow.covering(from.isAfter(latestStart) ? latestStart : from, newestDay.plusDays(1));
    }

    /**
     * Where to go on after a window has been stored. The newest day may get further events, and the day before may
     * where the service counts days differently, so both will be asked for again.
     *
     * @param stored the window
     * @return the day with which the next window begins
     */
    LocalDate fetchedThrough(FetchWindow stored) {
        LocalDate mayStillGrow = newestDay.minusDays(1);
        return stored.last().isBefore(mayStillGrow) ? stored.last() : mayStillGrow;
    }

    /**
     * The windows in which the events of gaps may be found: around the times of the events before and after a gap,
     * and the first days of the pump's calendar, to which its clock falls when the battery dies.
     *
     * @param gaps stretches of missing sequence numbers
     * @return the windows, none where there are no gaps
     */
    List<FetchWindow> windowsToSearch(List<Gap> gaps) {
        if (gaps.isEmpty()) {
            return List.of();
        }
        List<FetchWindow> windows = new ArrayList<>();
        LocalDate spanStart = null;
        LocalDate spanEnd = null;
        for (FetchWindow span : spansAround(gaps)) {
            if (spanEnd == null || span.first().isAfter(spanEnd)) {
                addCovering(windows, spanStart, spanEnd);
                spanStart = span.first();
                spanEnd = span.last();
            } else if (span.last().isAfter(spanEnd)) {
                spanEnd = span.last();
            }
        }
        addCovering(windows, spanStart, spanEnd);
        LocalDate calendarStart = PumpTimestamp.EPOCH.toLocalDate();
        if (firstDay.isAfter(calendarStart)) {
            windows.add(new FetchWindow(calendarStart, calendarStart.plusDays(FetchWindow.MAX_DAYS - 1L)));
        }
        return windows;
    }

    private List<FetchWindow> spansAround(List<Gap> gaps) {
        LocalDate lastDay = newestDay.plusDays(1);
        return gaps.stream()
                .filter(gap -> gap.timeBefore() != null && gap.timeAfter() != null)
                .map(gap -> {
                    LocalDate before = gap.timeBefore().toLocalDate();
                    LocalDate after = gap.timeAfter().toLocalDate();
                    LocalDate from = (before.isBefore(after) ? before : after).minusDays(1);
                    LocalDate to = (before.isBefore(after) ? after : before).plusDays(1);
                    return new FetchWindow(
                            from.isBefore(firstDay) ? firstDay : from, to.isAfter(lastDay) ? lastDay : to);
                })
                .filter(span -> !span.last().isBefore(span.first()))
                .sorted(Comparator.comparing(FetchWindow::first))
                .toList();
    }

    private static void addCovering(List<FetchWindow> windows, LocalDate first, LocalDate last) {
        if (first != null) {
            windows.addAll(FetchWindow.covering(first, last));
        }
    }
}
