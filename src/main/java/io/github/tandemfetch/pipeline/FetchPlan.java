package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.store.FetchProgressTable.Progress;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
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
 * @param uploadBeforeNewest when the pump last uploaded, where its newest event is stamped later than that can be:
 *     while a clock ran ahead, an event took a date that those after it do not reach, so that {@code maxDateOfEvents}
 *     stands still though new events come; null where it can be believed
 */
record FetchPlan(LocalDate firstDay, LocalDate newestDay, LocalDateTime newestEvent, Instant uploadBeforeNewest) {
    private static final Duration UPLOAD_MAY_BE_UNSEEN = Duration.ofHours(1);

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
        return Optional.of(
                new FetchPlan(first.minusDays(1), last, newest, uploadBefore(newest, pump.lastUploadDate())));
    }

    /** No zone is a day ahead of UTC, so that what is stamped later was stamped by a wrong clock. */
    private static Instant uploadBefore(LocalDateTime newest, Instant upload) {
        boolean ahead = upload != null
                && newest.isAfter(
                        LocalDateTime.ofInstant(upload, ZoneOffset.UTC).plusDays(1));
        return ahead ? upload : null;
    }

    private static LocalDate latest(LocalDate newest, LocalDate first, LocalDate end) {
        LocalDate latest = newest.isBefore(first) ? first : newest;
        return end != null && end.isAfter(latest) ? end : latest;
    }

    /**
     * Whether the service has nothing newer than the last complete fetch. Where the date of the newest event cannot tell,
     * an upload does.
     *
     * @param progress how far the assignment has been fetched; null before the first time
     */
    boolean isFetched(Progress progress) {
        if (progress == null
                || progress.completeThrough() == null
                || !earlierWindows(progress).isEmpty()) {
            return false;
        }
        return newestEvent.equals(progress.completeThrough())
                && (uploadBeforeNewest == null
                        || uploadBeforeNewest.plus(UPLOAD_MAY_BE_UNSEEN).isBefore(progress.completedAt()));
    }

    /**
     * The windows that have not been stored yet.
     *
     * @param progress how far the assignment has been fetched; null before the first time
     * @return at least one window
     */
    List<FetchWindow> windows(Progress progress) {
        boolean fromStart = progress == null || progress.fetchedThrough() == null;
        LocalDate from = fromStart ? firstDay : progress.fetchedThrough();
        return FetchWindow.covering(from.isAfter(mayStillGrow()) ? mayStillGrow() : from, newestDay.plusDays(1));
    }

    /**
     * The windows before the first day that was fetched, where the service has come to have earlier events since. The
     * latest is the first, so that what is stored is always in one piece.
     *
     * @param progress how far the assignment has been fetched; null before the first time
     * @return none where the data begins where it did
     */
    List<FetchWindow> earlierWindows(Progress progress) {
        if (progress == null || progress.fetchedThrough() == null || !saysFirstDay()) {
            return List.of();
        }
        LocalDate fetchedFrom = progress.fetchedFrom() == null ? progress.fetchedThrough() : progress.fetchedFrom();
        if (!firstDay.isBefore(fetchedFrom)) {
            return List.of();
        }
        List<FetchWindow> windows = new ArrayList<>(FetchWindow.covering(firstDay, fetchedFrom));
        Collections.reverse(windows);
        return windows;
    }

    /** Whether a day is among those of which the service says that it has events, give or take a day. */
    boolean offers(LocalDate day) {
        return !day.isBefore(firstDay) && !day.isAfter(newestDay.plusDays(1));
    }

    /** Whether the service says on which day the data begins; otherwise that is the start of the pump's calendar. */
    boolean saysFirstDay() {
        return !firstDay.equals(PumpTimestamp.EPOCH.toLocalDate().minusDays(1));
    }

    /**
     * Where the next fetch begins when this one is complete. The newest day may get further events, and the day before
     * may where the service counts days differently, so both will be asked for again. Of a newest event that a wrong
     * clock stamped, the day of the upload takes the place.
     *
     * @return the day
     */
    LocalDate mayStillGrow() {
        LocalDate newest = newestDay;
        if (uploadBeforeNewest != null) {
            LocalDate upload = LocalDate.ofInstant(uploadBeforeNewest, ZoneOffset.UTC);
            newest = upload.isBefore(firstDay) ? firstDay : upload;
        }
        return newest.minusDays(1);
    }

    /**
     * Where to go on after a window has been stored: not past the days that may get further events.
     *
     * @param stored the window
     * @return the day with which the next window begins
     */
    LocalDate fetchedThrough(FetchWindow stored) {
        return stored.last().isBefore(mayStillGrow()) ? stored.last() : mayStillGrow();
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

    /**
     * The windows in which the end of a log may be found.
     *
     * @param newestStored the newest stored event's time, pump clock
     * @return the windows, none where the service has nothing newer
     */
    List<FetchWindow> windowsAfter(LocalDateTime newestStored) {
        return newestStored.isBefore(newestEvent)
                ? FetchWindow.covering(newestStored.toLocalDate().minusDays(1), newestDay.plusDays(1))
                : List.of();
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
