package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.source.Pump;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which windows to ask for, for one pump. Dates of the service later than tomorrow are not believed, nor are those before
 * the pump's calendar begins.
 *
 * @param firstDay a day before the first on which the service has events, so that it does not matter whose days it
 *     counts
 * @param lastDay the last day to ask for, tomorrow at the latest
 * @param newestEvent the service's {@code maxDateOfEvents}, pump clock; null where it cannot be believed
 * @param upload when the pump last uploaded, UTC; null where the service does not say
 * @param notBelieved a date that the service said and that is not believed; null where there is none
 */
record FetchPlan(
        LocalDate firstDay, LocalDate lastDay, LocalDateTime newestEvent, Instant upload, LocalDate notBelieved) {
    private static final Duration UPLOAD_MAY_BE_UNSEEN = Duration.ofHours(1);
    private static final int DAYS_BETWEEN_JOINED = 2;
    private static final LocalDate CALENDAR_START = PumpTimestamp.EPOCH.toLocalDate();

    /**
     * Plans for a pump.
     *
     * @param pump what the service says of the pump
     * @param clock the machine's clock
     * @return empty for a pump that never uploaded
     */
    static Optional<FetchPlan> of(Pump pump, Clock clock) {
        LocalDate newest =
                pump.maxDateOfEvents() == null ? null : pump.maxDateOfEvents().toLocalDate();
        if (newest == null && pump.lastDay() == null) {
            return Optional.empty();
        }
        LocalDate tomorrow =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        LocalDate end = believed(pump.lastDay(), tomorrow);
        LocalDate start = believed(pump.firstDay(), tomorrow);
        LocalDate first = start == null ? CALENDAR_START : start;
        LocalDateTime newestEvent =
                believed(newest, tomorrow) != null ? pump.maxDateOfEvents() : end == null ? null : end.atStartOfDay();
        LocalDate last = newestEvent == null
                ? tomorrow
                : latest(newestEvent.toLocalDate(), first, end).plusDays(1);
        Instant upload =
                pump.lastUploadDate() == null ? null : pump.lastUploadDate().truncatedTo(ChronoUnit.MICROS);
        LocalDate notBelieved = Stream.of(newest, pump.lastDay(), pump.firstDay())
                .filter(date -> date != null && believed(date, tomorrow) == null)
                .findFirst()
                .orElse(null);
        return Optional.of(new FetchPlan(
                first.minusDays(1), last.isAfter(tomorrow) ? tomorrow : last, newestEvent, upload, notBelieved));
    }

    private static LocalDate believed(LocalDate date, LocalDate tomorrow) {
        return date == null || date.isAfter(tomorrow) || date.isBefore(CALENDAR_START) ? null : date;
    }

    private static LocalDate latest(LocalDate newest, LocalDate first, LocalDate end) {
        LocalDate latest = newest.isBefore(first) ? first : newest;
        return end != null && end.isAfter(latest) ? end : latest;
    }

    /**
     * Whether the newest event is stamped later than the upload can be. No zone is a day ahead of UTC, so that such a
     * stamp is of a wrong clock, and {@code maxDateOfEvents} stands still though new events come.
     */
    private boolean isStampedAhead() {
        return upload != null
                && (newestEvent == null
                        || newestEvent.isAfter(
                                LocalDateTime.ofInstant(upload, ZoneOffset.UTC).plusDays(1)));
    }

    /**
     * Whether the service has nothing that the last complete fetch did not ask for: the date of the newest event and the
     * upload are the same. An upload may also fill days that were fetched long ago.
     *
     * @param progress how far the assignment has been fetched; null before the first time
     */
    boolean isFetched(Progress progress) {
        if (progress == null
                || progress.completeThrough() == null
                || progress.incompleteRuns() > 0
                || !earlierWindows(progress).isEmpty()) {
            return false;
        }
        if (newestEvent == null && upload == null) {
            return false;
        }
        return (newestEvent == null || newestEvent.equals(progress.completeThrough()))
                && Objects.equals(upload, progress.lastUpload())
                && (!isStampedAhead() || upload.plus(UPLOAD_MAY_BE_UNSEEN).isBefore(progress.completedAt()));
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
        LocalDate start = from.isAfter(mayStillGrow()) ? mayStillGrow() : from;
        return FetchWindow.covering(start.isAfter(lastDay) ? lastDay : start, lastDay);
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

    /** Whether the service says on which day the data begins; otherwise that is the start of the pump's calendar. */
    boolean saysFirstDay() {
        return !firstDay.equals(CALENDAR_START.minusDays(1));
    }

    /**
     * Where the next fetch begins when this one is complete. The newest day may get further events, and the day before
     * may where the service counts days differently, so both will be asked for again. Of a newest event that a wrong
     * clock stamped, the day of the upload takes the place.
     *
     * @return the day
     */
    LocalDate mayStillGrow() {
        LocalDate newest = lastDay.minusDays(1);
        if (isStampedAhead()) {
            LocalDate uploaded = LocalDate.ofInstant(upload, ZoneOffset.UTC);
            newest = uploaded.isBefore(firstDay) ? firstDay : uploaded.isAfter(newest) ? newest : uploaded;
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
     * The windows that cover some days, none of them with more than two other days in a row.
     *
     * @param days the days, in order
     * @return the windows in order, none where there are no days
     */
    static List<FetchWindow> windowsOf(List<LocalDate> days) {
        List<FetchWindow> windows = new ArrayList<>();
        LocalDate from = null;
        LocalDate to = null;
        for (LocalDate day : days) {
            if (to != null && day.isAfter(to.plusDays(DAYS_BETWEEN_JOINED))) {
                windows.addAll(FetchWindow.covering(from, to));
                from = null;
            }
            from = from == null ? day : from;
            to = day;
        }
        if (from != null) {
            windows.addAll(FetchWindow.covering(from, to));
        }
        return windows;
    }

    /**
     * The first days of the pump's calendar, to which its clock falls when the battery dies.
     *
     * @return the window; empty where the days are among those that are fetched anyway
     */
    Optional<FetchWindow> calendarStart() {
        return firstDay.isAfter(CALENDAR_START)
                ? Optional.of(new FetchWindow(CALENDAR_START, CALENDAR_START.plusDays(FetchWindow.MAX_DAYS - 1L)))
                : Optional.empty();
    }

    /**
     * The windows in which the end of a log may be found.
     *
     * @param newestStored the newest stored event's time, pump clock
     * @return the windows, none where the service has nothing newer
     */
    List<FetchWindow> windowsAfter(LocalDateTime newestStored) {
        LocalDate from = newestStored.toLocalDate().minusDays(1);
        return newestEvent != null && newestStored.isBefore(newestEvent) && !from.isAfter(lastDay)
                ? FetchWindow.covering(from, lastDay)
                : List.of();
    }

    /**
     * Whether the service says that it has events more than a day after another.
     *
     * @param day the last day of which events came
     */
    boolean promisesMoreThan(LocalDate day) {
        return newestEvent != null && newestEvent.toLocalDate().isAfter(day.plusDays(1));
    }
}
