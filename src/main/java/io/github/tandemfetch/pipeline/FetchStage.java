package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.ClockChange;
import io.github.tandemfetch.pump.ClockEvidence;
import io.github.tandemfetch.pump.PumpClock;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.pump.TimelineBuilder;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.RequestRejectedException;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.ConflictingEventTable;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.FetchProgressTable;
import io.github.tandemfetch.store.FetchProgressTable.Progress;
import io.github.tandemfetch.store.RawEventStaging;
import io.github.tandemfetch.store.RawEventTable;
import io.github.tandemfetch.store.RawEventTable.Merge;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import io.github.tandemfetch.store.SequenceGaps.KnownGap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stage 1: raw events, incremental and resumable. A window, or several, are one transaction together with the note of how far the
 * pump has been fetched; a run that is killed goes on with the first window that was not stored.
 */
final class FetchStage {
    private static final int WINDOWS_AHEAD = 4;
    private static final int RUNS_UNTIL_SETTLED = 3;
    private static final Duration TIME_UNTIL_SETTLED = Duration.ofDays(1);
    private static final Duration TIME_UNTIL_SEARCHED_AGAIN = Duration.ofDays(1);

    private final Database database;
    private final TandemSourceClient client;
    private final PumpClocks clocks;
    private final Clock clock;
    private final PipelineListener listener;

    private final RawEventTable rawEvents;
    private final FetchProgressTable progress;
    private final SequenceGaps gaps;
    private final Checkpoints checkpoints;
    private final ConflictingEventTable conflicts;
    private final PumpIdentities identities;
    private Map<String, PumpLog> logs = Map.of();

    FetchStage(
            Database database, TandemSourceClient client, PumpClocks clocks, Clock clock, PipelineListener listener) {
        this.database = database;
        this.client = client;
        this.clocks = clocks;
        this.clock = clock;
        this.listener = listener;
        this.rawEvents = new RawEventTable(database);
        this.progress = new FetchProgressTable(database);
        this.gaps = new SequenceGaps(database);
        this.checkpoints = new Checkpoints(database);
        this.conflicts = new ConflictingEventTable(database);
        this.identities = new PumpIdentities(database, listener);
    }

    /**
     * Fetches what is new of each pump; a pump that fails is left out, and its failure is kept.
     *
     * @param pumps the pumps to fetch
     * @param listed all pumps on the account
     */
    FetchReport fetch(List<Pump> pumps, List<Pump> listed, PumpFailures failures) {
        List<PumpFetch> fetches = new ArrayList<>();
        for (Pump pump : identified(pumps, listed)) {
            failures.attempt(pump, () -> {
                PumpFetch fetch = fetch(pump);
                listener.fetchEnded(fetch);
                fetches.add(fetch);
            });
        }
        return new FetchReport(fetches, rawEvents.count());
    }

    /** Asks for everything that is missing within the stored logs and at their end, asked for before or not. */
    GapFetchReport fetchGaps(List<Pump> pumps, PumpFailures failures) {
        List<GapFetch> fetches = new ArrayList<>();
        for (Pump pump : identified(pumps, pumps)) {
            Optional<FetchPlan> plan = FetchPlan.of(pump);
            Optional<Progress> before = progress(pump);
            if (plan.isPresent() && before.isPresent()) {
                failures.attempt(pump, () -> {
                    GapFetch fetch = new PumpRun(pump, plan.get(), before.get()).searchAllGaps();
                    listener.gapsSearched(fetch);
                    fetches.add(fetch);
                });
            }
        }
        return new GapFetchReport(fetches, rawEvents.count());
    }

    /** Says under which serial numbers the listed pumps are stored, and gives those of them that are chosen. */
    private List<Pump> identified(List<Pump> chosen, List<Pump> listed) {
        List<Pump> identified = identities.of(listed);
        logs = logs(identified);
        Set<String> assignments = chosen.stream().map(Pump::assignmentId).collect(Collectors.toSet());
        return identified.stream()
                .filter(pump -> assignments.contains(pump.assignmentId()))
                .toList();
    }

    private static Map<String, PumpLog> logs(List<Pump> listed) {
        Map<String, PumpLog> logs = new HashMap<>();
        for (Pump pump : listed) {
            logs.computeIfAbsent(pump.serialNumber(), any -> new PumpLog())
                    .offers(pump.assignmentId(), FetchPlan.of(pump));
        }
        return logs;
    }

    private PumpFetch fetch(Pump pump) {
        Optional<FetchPlan> planned = FetchPlan.of(pump);
        if (planned.isEmpty()) {
            return PumpFetch.untouched(pump.serialNumber(), pump.modelName(), PumpFetch.State.NEVER_UPLOADED, 0);
        }
        FetchPlan plan = planned.get();
        Progress before = progress(pump).orElse(null);
        if (plan.isFetched(before)) {
            return PumpFetch.untouched(
                    pump.serialNumber(),
                    pump.modelName(),
                    PumpFetch.State.UP_TO_DATE,
                    gaps.missing(pump.serialNumber()));
        }
        return new PumpRun(pump, plan, before).run(plan.windows(before));
    }

    /** Stores the first windows of a pump, and leaves it to a later fetch to judge whether everything is there. */
    void fetchFirst(Pump listed, FetchPlan plan, List<FetchWindow> first) {
        Pump pump = identities.of(List.of(listed)).get(0);
        PumpRun run = new PumpRun(pump, plan, progress(pump).orElse(null));
        run.storeAll(first, run.through(plan::fetchedThrough));
    }

    private Optional<Progress> progress(Pump pump) {
        return progress.of(pump.serialNumber(), pump.assignmentId());
    }

    /** The fetch of one pump, with its counts. */
    private final class PumpRun {
        private final Pump pump;
        private final String serial;
        private final FetchPlan plan;
        private final Progress before;

        // Not past a window without events, before it is known that there are none.
        private LocalDate goOnFrom;
        private boolean seenEmpty;
        private boolean seenEmptyEarlier;
        private FetchWindow besideEarlier;

        // The events beside the gaps that are searched; an answer without them says nothing about the gaps.
        private final Set<SequencePosition> neighbours = new HashSet<>();
        private final PumpLog log;

        // Every answer has all clock changes; touched by the fetching thread only.
        private final Map<SequencePosition, ClockChange> knownClockChanges = new HashMap<>();
        private PumpClock pumpClock;
        private LocalDateTime newestReceived;
        private int windowsFetched;
        private long received;
        private long inserted;
        private long conflicting;

        PumpRun(Pump pump, FetchPlan plan, Progress before) {
            this.pump = pump;
            this.before = before;
            this.serial = pump.serialNumber();
            this.plan = plan;
            this.log = logs.getOrDefault(serial, new PumpLog());
            this.pumpClock = clocks.of(serial);
        }

        PumpFetch run(List<FetchWindow> windows) {
            List<FetchWindow> earlier = plan.earlierWindows(before);
            listener.fetchStarted(serial, earlier.size() + windows.size());
            long contradictingBefore = conflicts.count(serial);
            boolean earlierThere = storeEarlier(earlier);
            List<FetchWindow> empty = storeAll(windows, through(plan::fetchedThrough));
            List<FetchWindow> stillEmpty = storeAll(empty, through(window -> end()));
            GapSearch search = searchGaps(gapsToSearch());
            PumpFetch.State state = conclude(windows, stillEmpty, search, earlierThere);
            return new PumpFetch(
                    serial,
                    pump.modelName(),
                    state,
                    windowsFetched,
                    received,
                    inserted,
                    conflicting,
                    conflicts.count(serial) - contradictingBefore,
                    stillEmpty.size(),
                    gaps.missing(serial));
        }

        /**
         * Stores what the service has come to have from before the days that were fetched. Where it has nothing on the day
         * with which it says that its data begins, the next run asks again.
         *
         * @return false where the next run has to
         */
        private boolean storeEarlier(List<FetchWindow> windows) {
            if (windows.isEmpty()) {
                return true;
            }
            FetchWindow first = windows.get(windows.size() - 1);
            List<FetchWindow> empty = storeAll(windows, this::noteEarlier);
            boolean nothingThere = storeAll(empty, ready -> {}).contains(first);
            if (nothingThere && !isSettled()) {
                return false;
            }
            progress.earlierStored(serial, pump.assignmentId(), first.first());
            return true;
        }

        /**
         * Not past a window without events, as long as it is not known whether they are still to come, nor past the one
         * beside it, of which some may have been left out already.
         */
        private void noteEarlier(List<FetchedWindow> ready) {
            for (FetchedWindow window : ready) {
                seenEmptyEarlier |= window.events() == 0;
                if (!seenEmptyEarlier) {
                    if (besideEarlier != null) {
                        progress.earlierStored(serial, pump.assignmentId(), besideEarlier.first());
                    }
                    besideEarlier = window.window();
                }
            }
        }

        /** Stores windows in their order while the next is on its way, and gives those without any event. */
        private List<FetchWindow> storeAll(List<FetchWindow> windows, Consumer<List<FetchedWindow>> note) {
            List<FetchWindow> empty = new ArrayList<>();
            Iterator<FetchWindow> toFetch = windows.iterator();
            try (Database session = database.anotherSession();
                    ReadAhead<FetchedWindow> fetched = new ReadAhead<>(
                            "fetch",
                            WINDOWS_AHEAD,
                            () -> toFetch.hasNext()
                                    ? Optional.of(fetchWindow(toFetch.next(), session))
                                    : Optional.empty())) {
                for (Optional<FetchedWindow> next = fetched.next(); next.isPresent(); next = fetched.next()) {
                    for (StoredWindow stored : storeWithThoseReady(next.get(), fetched, note)) {
                        report(stored);
                        if (stored.fetched().events() == 0) {
                            empty.add(stored.fetched().window());
                        }
                    }
                }
            }
            return empty;
        }

        private FetchedWindow fetchWindow(FetchWindow window, Database session) {
            RawEventStaging staging = new RawEventTable(session).stage();
            StagingSink sink = new StagingSink(staging, pumpClock, knownClockChanges.keySet(), neighbours);
            client.pumpLogs(pump.assignmentId(), window.first(), window.last(), sink);
            staging.finish();
            learn(sink.clockChanges());
            log.seen(sink.watchedSeen());
            return new FetchedWindow(window, staging, sink.events(), sink.newest());
        }

        /**
         * The first answer of a first fetch has every change of the clock. The times told from them alone are those that
         * the second stage finds too, but for a few, so that it need not write most raw events once more.
         */
        private void learn(Map<SequencePosition, ClockChange> changes) {
            knownClockChanges.putAll(changes);
            if (before == null && !changes.isEmpty()) {
                List<ClockChange> known = knownClockChanges.values().stream()
                        .sorted(Comparator.comparing(ClockChange::position))
                        .toList();
                pumpClock = new TimelineBuilder(clocks.zone()).build(new ClockEvidence(List.of(), known, List.of()));
            }
        }

        /**
         * Stores a window, and in the same transaction those that are there already: where the service is quick, the disk
         * is what takes time. Where it is slow, each window is stored as it comes.
         *
         * @param note takes down, in the transaction, how far the pump has been fetched with these windows
         */
        private List<StoredWindow> storeWithThoseReady(
                FetchedWindow first, ReadAhead<FetchedWindow> fetched, Consumer<List<FetchedWindow>> note) {
            // All before the transaction begins: it would not see what is staged later.
            List<FetchedWindow> ready = new ArrayList<>();
            for (Optional<FetchedWindow> next = Optional.of(first); next.isPresent(); ) {
                ready.add(next.get());
                next = ready.size() > WINDOWS_AHEAD ? Optional.empty() : fetched.poll();
            }
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

        /** Takes down that the pump has been fetched through a day. */
        private Consumer<List<FetchedWindow>> through(Function<FetchWindow, LocalDate> fetchedThrough) {
            return ready -> {
                ready.stream()
                        .filter(window -> window.events() == 0)
                        .findFirst()
                        .ifPresent(this::stayAt);
                noteThrough(fetchedThrough.apply(ready.get(ready.size() - 1).window()));
            };
        }

        private void noteThrough(LocalDate day) {
            progress.windowStored(
                    serial, pump.assignmentId(), pump.modelName(), plan.firstDay(), seenEmpty ? goOnFrom : day);
        }

        private void stayAt(FetchedWindow empty) {
            if (!seenEmpty) {
                goOnFrom = lastSeenBefore(empty.window());
                seenEmpty = true;
            }
        }

        /**
         * From where to ask again because of a window without events: the answer before it may have ended too early
         * already, and no gap tells that where the log began anew meanwhile.
         */
        private LocalDate lastSeenBefore(FetchWindow window) {
            LocalDate lastSeen = rawEvents
                    .newestPumpTimestamp(
                            serial, pump.assignmentId(), window.first().atStartOfDay(), ClockStage.CHANGE_CODES)
                    .map(newest -> newest.toLocalDate().minusDays(1))
                    .orElse(window.first());
            return lastSeen.isBefore(plan.firstDay()) ? plan.firstDay() : lastSeen;
        }

        private Merge merge(FetchedWindow fetched) {
            return rawEvents.merge(fetched.staging(), serial, pump.assignmentId(), clock.instant());
        }

        private void report(StoredWindow stored) {
            windowsFetched++;
            received += stored.merge().received();
            inserted += stored.merge().inserted();
            conflicting += stored.merge().conflicting();
            LocalDateTime newest = stored.fetched().newest();
            if (newestReceived == null || newest != null && newest.isAfter(newestReceived)) {
                newestReceived = newest;
            }
            listener.windowStored(serial, stored.fetched().window(), stored.merge());
        }

        /** The gaps that nobody asked for yet, and once a day those whose events the pump may still upload. */
        private List<Gap> gapsToSearch() {
            if (gaps.missing(serial) == 0) {
                return List.of();
            }
            Instant tooRecent = clock.instant().minus(TIME_UNTIL_SEARCHED_AGAIN);
            GapExplainer explainer = GapExplainer.of(database, serial);
            return gaps.all(serial).stream()
                    .filter(known -> known.searchedAt() == null
                            || known.searchedAt().isBefore(tooRecent)
                                    && explainer.explain(known).kind() == GapKind.NEVER_UPLOADED)
                    .map(KnownGap::gap)
                    .toList();
        }

        GapFetch searchAllGaps() {
            List<Gap> missing = gaps.all(serial).stream().map(KnownGap::gap).toList();
            long missingBefore = missing.stream().mapToLong(Gap::size).sum();
            List<FetchWindow> end = rawEvents
                    .newestPumpTimestamp(serial, pump.assignmentId())
                    .map(plan::windowsAfter)
                    .orElse(List.of());
            listener.fetchStarted(serial, plan.windowsToSearch(missing).size() + end.size());
            storeAll(end, ready -> {});
            List<Gap> answered = searchGaps(missing, ready -> {}).answered();
            List<Gap> left = gaps.all(serial).stream().map(KnownGap::gap).toList();
            List<Gap> leftAnswered =
                    left.stream().filter(gap -> isWithin(answered, gap)).toList();
            gaps.searched(serial, leftAnswered, clock.instant());
            return new GapFetch(
                    serial,
                    pump.modelName(),
                    missing.size(),
                    windowsFetched,
                    received,
                    inserted,
                    missingBefore,
                    left.stream().mapToLong(Gap::size).sum(),
                    left.size() - leftAnswered.size());
        }

        private GapSearch searchGaps(List<Gap> wanted) {
            return searchGaps(wanted, through(any -> end()));
        }

        /** Asks for what is missing within the log. */
        private GapSearch searchGaps(List<Gap> wanted, Consumer<List<FetchedWindow>> note) {
            wanted.forEach(gap -> neighbours.addAll(List.of(before(gap), after(gap))));
            boolean inVain = false;
            List<FetchWindow> refused = new ArrayList<>();
            for (FetchWindow window : plan.windowsToSearch(wanted)) {
                try {
                    List<FetchWindow> empty = storeAll(List.of(window), note);
                    boolean stillEmpty = !storeAll(empty, note).isEmpty();
                    inVain |= stillEmpty && !window.first().isBefore(plan.firstDay());
                } catch (RequestRejectedException e) {
                    // Days outside of what the service offers may be refused: then nothing can be found there.
                    refused.add(window);
                    listener.notice("Pump " + serial + ": the service would not look for missing events from "
                            + window.first() + " to " + window.last() + ".");
                }
            }
            List<FetchWindow> asked = plan.windowsToSearch(wanted).stream()
                    .filter(window -> !refused.contains(window))
                    .toList();
            return new GapSearch(
                    inVain,
                    wanted.stream().filter(gap -> isAnswered(gap, asked)).toList());
        }

        /** Whether the service sent the events on both sides of a gap, as far as they are from the days asked for. */
        private boolean isAnswered(Gap gap, List<FetchWindow> asked) {
            return isAnswered(before(gap), gap.timeBefore(), asked) && isAnswered(after(gap), gap.timeAfter(), asked);
        }

        private boolean isAnswered(SequencePosition neighbour, LocalDateTime stamp, List<FetchWindow> asked) {
            return stamp == null
                    || log.isSeen(neighbour)
                    || asked.stream().noneMatch(window -> window.holds(stamp.toLocalDate()))
                            && !log.isOfferedBesides(pump.assignmentId(), stamp.toLocalDate());
        }

        private static SequencePosition before(Gap gap) {
            return new SequencePosition(gap.sequenceGroup(), gap.firstMissing() - 1);
        }

        private static SequencePosition after(Gap gap) {
            return new SequencePosition(gap.sequenceGroup(), gap.lastMissing() + 1);
        }

        private static boolean isWithin(List<Gap> gaps, Gap part) {
            return gaps.stream()
                    .anyMatch(gap -> gap.sequenceGroup() == part.sequenceGroup()
                            && gap.firstMissing() <= part.firstMissing()
                            && gap.lastMissing() >= part.lastMissing());
        }

        /** Where the next fetch begins, if this one is complete. */
        private LocalDate end() {
            return plan.mayStillGrow();
        }

        /** Marks the fetch complete, or has the next run ask again for what seems to be missing. */
        private PumpFetch.State conclude(
                List<FetchWindow> windows, List<FetchWindow> empty, GapSearch search, boolean earlierThere) {
            List<KnownGap> left = gaps.missing(serial) == 0 ? List.of() : gaps.all(serial);
            List<Gap> gapsLeft = left.stream()
                    .filter(known -> known.searchedAt() == null)
                    .map(KnownGap::gap)
                    .toList();
            boolean settled = isSettled();
            boolean incomplete = !earlierThere || seemsIncomplete(windows, empty, search.inVain(), gapsLeft);
            if (incomplete && !settled) {
                LocalDate from =
                        empty.isEmpty() ? windows.get(windows.size() - 1).first() : lastSeenBefore(empty.get(0));
                progress.incomplete(serial, pump.assignmentId(), from, clock.instant());
                return PumpFetch.State.INCOMPLETE;
            }
            gaps.searched(
                    serial,
                    left.stream()
                            .map(KnownGap::gap)
                            .filter(gap -> isWithin(search.answered(), gap) || settled && gapsLeft.contains(gap))
                            .toList(),
                    clock.instant());
            progress.windowStored(serial, pump.assignmentId(), pump.modelName(), plan.firstDay(), end());
            progress.complete(serial, pump.assignmentId(), plan.newestEvent(), clock.instant());
            return PumpFetch.State.COMPLETE;
        }

        /**
         * A window without events may be a pump in a drawer. It is taken for a failing service where the log has a gap
         * too, where the service itself says that data begins with the first window, or where the newest event is not
         * there.
         */
        private boolean seemsIncomplete(
                List<FetchWindow> windows, List<FetchWindow> empty, boolean searchedInVain, List<Gap> gapsLeft) {
            boolean firstIsEmpty = plan.saysFirstDay()
                    && windows.get(0).first().equals(plan.firstDay())
                    && empty.contains(windows.get(0));
            boolean gapsUnexplained =
                    gapsLeft.stream().anyMatch(gap -> !isOfOthersToo(gap)) && (searchedInVain || !empty.isEmpty());
            LocalDateTime newest = newest();
            LocalDateTime expected = empty.contains(windows.get(windows.size() - 1))
                    ? plan.newestEvent()
                    : plan.newestEvent().minusDays(1);
            boolean lacksNewest = newest == null || newest.isBefore(expected);
            return firstIsEmpty || gapsUnexplained || lacksNewest;
        }

        /** A gap that another assignment may fill says nothing about this one. */
        private boolean isOfOthersToo(Gap gap) {
            return Stream.of(gap.timeBefore(), gap.timeAfter())
                    .anyMatch(stamp -> stamp != null && log.isOfferedBesides(pump.assignmentId(), stamp.toLocalDate()));
        }

        /** What this assignment has brought; an event that another has too may be stored as that one's. */
        private LocalDateTime newest() {
            return Stream.of(
                            Optional.ofNullable(newestReceived),
                            rawEvents.newestPumpTimestamp(serial, pump.assignmentId()))
                    .flatMap(Optional::stream)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }

        /** What the service has not had in several runs on different days, it does not have. */
        private boolean isSettled() {
            return before != null
                    && before.incompleteRuns() >= RUNS_UNTIL_SETTLED
                    && before.incompleteSince() != null
                    && before.incompleteSince().plus(TIME_UNTIL_SETTLED).isBefore(clock.instant());
        }
    }

    /**
     * What came of a search.
     *
     * @param inVain whether the service had no event at all for some of the days
     * @param answered the gaps that were searched and of which the service sent the events on both sides
     */
    private record GapSearch(boolean inVain, List<Gap> answered) {}

    /**
     * A whole answer.
     *
     * @param window what was asked for
     * @param staging its events
     * @param events how many they are, clock changes not counted
     * @param newest the latest stamp among them, pump clock; null where none has a readable one
     */
    private record FetchedWindow(FetchWindow window, RawEventStaging staging, long events, LocalDateTime newest) {}

    /**
     * An answer that has been stored.
     *
     * @param fetched the answer
     * @param merge what became of its events
     */
    private record StoredWindow(FetchedWindow fetched, Merge merge) {}
}
