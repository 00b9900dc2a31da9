package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** How many days a window may have in one fetch of a pump, and which days fail however short it is. For any thread. */
final class WindowLimit {
    private static final int MOST_FAILED = 28;

    private int days;
    private boolean halved;
    private boolean cut;
    private boolean answered;
    private int learned;
    private final List<FailedDay> failed = new ArrayList<>();

    WindowLimit(int days) {
        this.days = days;
    }

    /**
     * A day that fails alone.
     *
     * @param window the day
     * @param failure how it failed
     */
    record FailedDay(FetchWindow window, SourceException failure) {}

    synchronized int days() {
        return days;
    }

    /** Notes that a window is too long, and gives how many days its parts may have. */
    synchronized int halve(FetchWindow window) {
        days = (int) Math.max(1, Math.min(days, (window.days() + 1) / 2));
        halved = true;
        return days;
    }

    /** Notes that the service leaves out the end of windows with more days. */
    synchronized void cutTo(int answeredDays) {
        if (!cut || answeredDays > days) {
            days = Math.max(1, Math.min(FetchWindow.MAX_DAYS - 1, answeredDays));
        }
        cut = true;
        halved = true;
        learned = days;
    }

    /** Notes an answer with events, or without. */
    synchronized void answered(FetchWindow window) {
        answered = true;
        if (halved) {
            learned = Math.max(learned, (int) window.days());
        }
    }

    /** Keeps the failure of a day; where nothing was answered before, or so many days fail, it is the service that fails. */
    synchronized void failed(FetchWindow day, SourceException failure) {
        if (!answered || failed.size() == MOST_FAILED) {
            throw failure;
        }
        failed.add(new FailedDay(day, failure));
    }

    /** Whether a window is a day that failed already: windows share their days at both ends. */
    synchronized boolean isFailed(FetchWindow window) {
        return failed.stream().anyMatch(day -> day.window().equals(window));
    }

    synchronized List<FailedDay> failed() {
        return List.copyOf(failed);
    }

    /** How many days work where more do not, once after that was found; a single bad day tells nothing. */
    synchronized OptionalInt takeLearned() {
        if (learned == 0) {
            return OptionalInt.empty();
        }
        OptionalInt taken = failed.isEmpty() ? OptionalInt.of(days) : OptionalInt.empty();
        learned = 0;
        halved = false;
        return taken;
    }
}
