package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.source.RequestRejectedException;
import io.github.tandemfetch.source.ServiceUnavailableException;
import io.github.tandemfetch.source.SourceException;
import io.github.tandemfetch.source.UnexpectedAnswerException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Fetches windows in their order. A window that is too long for the service is halved, down to a day; one whose answer
 * stops before its last day, though the service says there is more, is asked for the rest in two parts.
 */
final class WindowQueue {
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private final FetchPlan plan;
    private final WindowLimit limit;
    private final Function<FetchWindow, FetchedWindow> download;

    WindowQueue(
            List<FetchWindow> windows,
            FetchPlan plan,
            WindowLimit limit,
            Function<FetchWindow, FetchedWindow> download) {
        this.plan = plan;
        this.limit = limit;
        this.download = download;
        windows.forEach(window -> pieces.add(new Piece(window, null)));
    }

    /**
     * A window to ask for.
     *
     * @param window the window
     * @param restAfter the last day of which the answer to a longer window had events; null where this is no rest
     */
    private record Piece(FetchWindow window, LocalDate restAfter) {}

    /** The next answer; empty at the end. */
    Optional<FetchedWindow> next() {
        while (!pieces.isEmpty()) {
            Piece piece = pieces.poll();
            if (limit.isFailed(piece.window())) {
                continue;
            }
            if (piece.window().days() > limit.days()) {
                split(piece, limit.days());
                continue;
            }
            Optional<FetchedWindow> fetched = fetch(piece);
            if (fetched.isPresent()) {
                return Optional.of(withoutRest(fetched.get(), piece.restAfter()));
            }
        }
        return Optional.empty();
    }

    private Optional<FetchedWindow> fetch(Piece piece) {
        FetchWindow window = piece.window();
        try {
            FetchedWindow fetched = download.apply(window);
            limit.answered(window);
            return Optional.of(fetched);
        } catch (SourceException failure) {
            if (!isOfLength(failure) && !isOfSomeDay(failure)) {
                throw failure;
            }
            narrow(piece, failure);
            return Optional.empty();
        }
    }

    private void narrow(Piece piece, SourceException failure) {
        if (piece.window().days() == 1) {
            limit.failed(piece.window(), failure);
        } else if (isOfSomeDay(failure)) {
            split(piece, (int) (piece.window().days() + 1) / 2);
        } else {
            split(piece, limit.halve(piece.window()));
        }
    }

    /** Whether one day may be what cannot be read; others are asked for as before. */
    private static boolean isOfSomeDay(SourceException failure) {
        return failure instanceof UnexpectedAnswerException answer && answer.isInPart();
    }

    /** Whether a shorter window may be answered where this one was not. */
    static boolean isOfLength(SourceException failure) {
        return failure instanceof RequestRejectedException
                || failure instanceof ServiceUnavailableException unavailable && unavailable.isTimeout()
                || "TIMEOUT".equals(failure.code());
    }

    private void split(Piece piece, int days) {
        List<FetchWindow> parts =
                FetchWindow.covering(piece.window().first(), piece.window().last(), days);
        for (int i = parts.size() - 1; i >= 0; i--) {
            pieces.addFirst(new Piece(parts.get(i), piece.restAfter()));
        }
    }

    private FetchedWindow withoutRest(FetchedWindow fetched, LocalDate restAfter) {
        FetchWindow window = fetched.window();
        LocalDate newest = fetched.newest() == null ? null : fetched.newest().toLocalDate();
        boolean progressed = restAfter == null || newest != null && newest.isAfter(restAfter);
        boolean cut = newest != null
                && progressed
                && window.holds(newest)
                && newest.isBefore(window.last())
                && plan.promisesMoreThan(newest);
        if (restAfter != null && progressed) {
            limit.cutTo(cut ? (int) ChronoUnit.DAYS.between(window.first(), newest) + 1 : (int) window.days());
        }
        if (!cut) {
            return fetched.as(window, restAfter != null);
        }
        FetchWindow rest = new FetchWindow(newest, window.last());
        split(new Piece(rest, newest), (int) Math.max(2, (rest.days() + 1) / 2));
        // The last day that came may be cut itself.
        LocalDate whole = newest.isAfter(window.first()) ? newest.minusDays(1) : newest;
        return fetched.as(new FetchWindow(window.first(), whole), restAfter != null);
    }
}
