package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.domain.DerivedTables;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.RawEventTable.Merge;
import io.github.tandemfetch.history.SearchedDayTable;
import io.github.tandemfetch.history.WindowSizeTable;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.ReadAhead;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings windows of one pump into the database, and counts what came. A window, or several, are one transaction together
 * with the note of how far the pump has been fetched.
 */
final class WindowTransfer {
    private static final int WINDOWS_AHEAD = 4;

    private final PlannedFetch planned;
    private final Database database;
    private final WindowDownload download;
    private final Checkpoints checkpoints;
    private final Clock clock;
    private final PipelineListener listener;
    private final RawEventTable rawEvents;

    private final SearchedDayTable searchedDays;
    private final WindowLimit limit;
    private final List<FetchWindow> asked = new ArrayList<>();

    private Counts counts = new Counts(0, 0, 0, 0, 0, 0);
    private LocalDateTime newestReceived;
    private boolean clockChangesSent;

    WindowTransfer(
            PlannedFetch planned,
            Database database,
            WindowDownload download,
            Checkpoints checkpoints,
            Clock clock,
            PipelineListener listener) {
        this.planned = planned;
        this.database = database;
        this.download = download;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.listener = listener;
        this.rawEvents = new RawEventTable(database);
        this.searchedDays = new SearchedDayTable(database);
        this.limit = new WindowLimit(
                new WindowSizeTable(database).days(clock.instant()).orElse(FetchWindow.MAX_DAYS));
    }

    /**
     * What has been stored so far.
     *
     * @param windows how many windows
     * @param received how many events the service sent, overlaps counted
     * @param inserted how many of them were new
     * @param conflicting how many were stored before with another text, which was kept
     * @param replaced how many were stored before and came more complete now
     * @param rejected how many elements were no events of the pump and had not come before
     */
    record Counts(int windows, long received, long inserted, long conflicting, long replaced, long rejected) {
        private Counts plus(Merge merge) {
            return new Counts(
                    windows + 1,
                    received + merge.received(),
                    inserted + merge.inserted(),
                    conflicting + merge.conflicting(),
                    replaced + merge.replaced(),
                    rejected + merge.rejected());
        }
    }

    /**
     * An answer that has been stored.
     *
     * @param fetched the answer
     * @param merge what became of its events
     */
    private record StoredWindow(FetchedWindow fetched, Merge merge) {}

    Counts counts() {
        return counts;
    }

    /** The latest stamp that came, pump clock; null where none was readable. */
    LocalDateTime newestReceived() {
        return newestReceived;
    }

    /** Whether an answer had a list of clock changes, be it an empty one. */
    boolean clockChangesSent() {
        return clockChangesSent;
    }

    /** The windows that were answered, or parts of them. */
    List<FetchWindow> asked() {
        return asked;
    }

    /** The days that failed though others were answered. */
    List<WindowLimit.FailedDay> failedDays() {
        return limit.failed();
    }

    /** Notes that the service has no event on the days of these windows, asked twice. */
    void noteEmpty(Collection<FetchWindow> windows) {
        if (!windows.isEmpty()) {
            database.transaction(connection -> {
                windows.forEach(window -> searchedDays.answeredEmpty(searched(), window.first(), window.last()));
                return null;
            });
        }
    }

    /**
     * Stores windows in their order while the next is on its way, and gives those without any event.
     *
     * @param note takes down, in the transaction, how far the pump has been fetched with the windows it is given
     */
    List<FetchWindow> storeAll(List<FetchWindow> windows, Consumer<List<FetchedWindow>> note) {
        List<FetchWindow> empty = new ArrayList<>();
        if (windows.isEmpty()) {
            return empty;
        }
        try (Database session = database.anotherSession();
                ReadAhead<FetchedWindow> fetched =
                        new ReadAhead<>("fetch", WINDOWS_AHEAD, queue(windows, session)::next)) {
            for (Optional<FetchedWindow> next = fetched.next(); next.isPresent(); next = fetched.next()) {
                for (StoredWindow stored : storeWithThoseReady(next.get(), fetched, note)) {
                    report(stored);
                    if (stored.fetched().isEmpty()) {
                        empty.add(stored.fetched().window());
                    }
                }
            }
        }
        limit.takeLearned().ifPresent(days -> new WindowSizeTable(database).set(days, clock.instant()));
        return empty;
    }

    /** Stores one window that is not halved, as {@link #storeAll} does. */
    List<FetchWindow> storeWhole(FetchWindow window, Consumer<List<FetchedWindow>> note) {
        FetchedWindow fetched;
        try (Database session = database.anotherSession()) {
            fetched = download.fetch(window, session);
        }
        rawEvents.rejectImplausible(fetched.staging(), planned.serial());
        StoredWindow stored = database.transaction(connection -> {
            StoredWindow merged = new StoredWindow(fetched, merge(fetched));
            note.accept(List.of(fetched));
            return merged;
        });
        rawEvents.drop(fetched.staging());
        report(stored);
        return fetched.isEmpty() ? List.of(window) : List.of();
    }

    private WindowQueue queue(List<FetchWindow> windows, Database session) {
        return new WindowQueue(windows, planned.plan(), limit, window -> download.fetch(window, session));
    }

    /**
     * Stores a window, and in the same transaction those that are there already: where the service is quick, the disk
     * is what takes time. Where it is slow, each window is stored as it comes.
     */
    private List<StoredWindow> storeWithThoseReady(
            FetchedWindow first, ReadAhead<FetchedWindow> fetched, Consumer<List<FetchedWindow>> note) {
        // All before the transaction begins: it would not see what is staged later.
        List<FetchedWindow> ready = new ArrayList<>();
        for (Optional<FetchedWindow> next = Optional.of(first); next.isPresent(); ) {
            ready.add(next.get());
            next = ready.size() > WINDOWS_AHEAD ? Optional.empty() : fetched.poll();
        }
        ready.forEach(window -> rawEvents.rejectImplausible(window.staging(), planned.serial()));
        List<StoredWindow> stored = database.transaction(connection -> {
            List<StoredWindow> merged = ready.stream()
                    .map(window -> new StoredWindow(window, merge(window)))
                    .toList();
            note.accept(ready);
            return merged;
        });
        stored.forEach(window -> rawEvents.drop(window.fetched().staging()));
        stored.forEach(window -> checkpoints.stored(window.merge().inserted()));
        return stored;
    }

    private Merge merge(FetchedWindow fetched) {
        FetchWindow window = fetched.window();
        RawEventTable.Origin origin = new RawEventTable.Origin(
                planned.serial(), planned.assignment(), window.first(), window.last(), clock.instant());
        Merge merge = rawEvents.merge(fetched.staging(), origin);
        if (!fetched.isEmpty()) {
            searchedDays.answered(searched(), window.first(), window.last(), fetched.staging());
        }
        return merge;
    }

    private SearchedDayTable.Search searched() {
        return new SearchedDayTable.Search(
                planned.serial(), planned.assignment(), planned.plan().upload(), clock.instant());
    }

    private void report(StoredWindow stored) {
        asked.add(stored.fetched().window());
        counts = counts.plus(stored.merge());
        clockChangesSent |= stored.fetched().clockChangesSent();
        if (stored.merge().replaced() > 0) {
            new DerivedTables(database).dropReplaced();
        }
        LocalDateTime newest = stored.fetched().newest();
        if (newestReceived == null || newest != null && newest.isAfter(newestReceived)) {
            newestReceived = newest;
        }
        listener.windowStored(planned.serial(), stored.fetched().window(), stored.merge());
    }
}
