package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.PumpClock;
import io.github.tandemfetch.pump.PumpTime;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.PumpLogSink;
import io.github.tandemfetch.source.ReceivedEvent;
import io.github.tandemfetch.source.RequestRejectedException;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.FetchProgressTable;
import io.github.tandemfetch.store.FetchProgressTable.Progress;
import io.github.tandemfetch.store.RawEventStaging;
import io.github.tandemfetch.store.RawEventTable;
import io.github.tandemfetch.store.RawEventTable.Merge;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stage 1: raw events, incremental and resumable. Each window is one transaction, together with the note of how far the
 * pump has been fetched; a run that is killed goes on with the first window that was not stored.
 */
final class FetchStage {
    private final Database database;
    private final TandemSourceClient client;
    private final PumpClock pumpClock;
    private final Clock clock;
    private final PipelineListener listener;

    private final RawEventTable rawEvents;
    private final FetchProgressTable progress;
    private final SequenceGaps gaps;

    FetchStage(
            Database database, TandemSourceClient client, PumpClock pumpClock, Clock clock, PipelineListener listener) {
        this.database = database;
        this.client = client;
        this.pumpClock = pumpClock;
        this.clock = clock;
        this.listener = listener;
        this.rawEvents = new RawEventTable(database);
        this.progress = new FetchProgressTable(database);
        this.gaps = new SequenceGaps(database);
    }

    FetchReport fetch(List<Pump> pumps) {
        List<PumpFetch> fetches = new ArrayList<>();
        for (Pump pump : pumps) {
            PumpFetch fetch = fetch(pump);
            listener.fetchEnded(fetch);
            fetches.add(fetch);
        }
        return new FetchReport(fetches, rawEvents.count());
    }

    private PumpFetch fetch(Pump pump) {
        Optional<FetchPlan> planned = FetchPlan.of(pump);
        if (planned.isEmpty()) {
            return PumpFetch.untouched(pump.serialNumber(), pump.modelName(), PumpFetch.State.NEVER_UPLOADED, 0);
        }
        FetchPlan plan = planned.get();
        Progress before = progress.of(pump.serialNumber()).orElse(null);
        if (before != null && plan.newestEvent().equals(before.completeThrough())) {
            return PumpFetch.untouched(
                    pump.serialNumber(),
                    pump.modelName(),
                    PumpFetch.State.UP_TO_DATE,
                    gaps.missing(pump.serialNumber()));
        }
        return new PumpRun(pump, plan).run(plan.windows(before));
    }

    /** The fetch of one pump, with its counts. */
    private final class PumpRun {
        private final Pump pump;
        private final String serial;
        private final FetchPlan plan;
        private int windowsFetched;
        private long received;
        private long inserted;
        private long conflicting;

        PumpRun(Pump pump, FetchPlan plan) {
            this.pump = pump;
            this.serial = pump.serialNumber();
            this.plan = plan;
        }

        PumpFetch run(List<FetchWindow> windows) {
            listener.fetchStarted(serial, windows.size());
            List<FetchWindow> empty = storeAll(windows, plan::fetchedThrough);
            LocalDate end = plan.fetchedThrough(windows.get(windows.size() - 1));
            List<FetchWindow> stillEmpty = storeAll(empty, window -> end);
            searchGaps(end);
            PumpFetch.State state = conclude();
            return new PumpFetch(
                    serial,
                    pump.modelName(),
                    state,
                    windowsFetched,
                    received,
                    inserted,
                    conflicting,
                    stillEmpty.size(),
                    gaps.missing(serial));
        }

        /** Stores windows in their order while the next is on its way, and gives those without any event. */
        private List<FetchWindow> storeAll(List<FetchWindow> windows, Function<FetchWindow, LocalDate> fetchedThrough) {
            List<FetchWindow> empty = new ArrayList<>();
            Iterator<FetchWindow> toFetch = windows.iterator();
            try (ReadAhead<FetchedWindow> fetched = new ReadAhead<>(
                    "fetch",
                    1,
                    () -> toFetch.hasNext() ? Optional.of(fetchWindow(toFetch.next())) : Optional.empty())) {
                for (Optional<FetchedWindow> next = fetched.next(); next.isPresent(); next = fetched.next()) {
                    try (FetchedWindow window = next.get()) {
                        store(window, fetchedThrough.apply(window.window()));
                        if (window.events() == 0) {
                            empty.add(window.window());
                        }
                    }
                }
            }
            return empty;
        }

        private FetchedWindow fetchWindow(FetchWindow window) {
            FetchedWindow fetched = new FetchedWindow(window, database.anotherSession());
            try {
                StagingSink sink = new StagingSink(fetched.staging());
                client.pumpLogs(pump.assignmentId(), window.first(), window.last(), sink);
                fetched.staging().finish();
                fetched.events = sink.events();
                return fetched;
            } catch (RuntimeException | Error e) {
                fetched.close();
                throw e;
            }
        }

        private void store(FetchedWindow fetched, LocalDate fetchedThrough) {
            Database session = fetched.session();
            Merge merge = session.transaction(connection -> {
                Merge merged = new RawEventTable(session)
                        .merge(fetched.staging(), serial, pump.assignmentId(), clock.instant());
                new FetchProgressTable(session)
                        .windowStored(serial, pump.assignmentId(), pump.modelName(), fetchedThrough);
                return merged;
            });
            windowsFetched++;
            received += merge.received();
            inserted += merge.inserted();
            conflicting += merge.conflicting();
            listener.windowStored(serial, fetched.window(), merge);
        }

        private void searchGaps(LocalDate fetchedThrough) {
            List<Gap> found = gaps.notSearched(serial);
            for (FetchWindow window : plan.windowsToSearch(found)) {
                try (FetchedWindow fetched = fetchWindow(window)) {
                    store(fetched, fetchedThrough);
                } catch (RequestRejectedException e) {
                    // Days outside of what the service offers may be refused: then nothing can be found there.
                    listener.notice("Pump " + serial + ": the service would not look for missing events from "
                            + window.first() + " to " + window.last() + ".");
                }
            }
            gaps.searched(serial, gaps.notSearched(serial), clock.instant());
        }

        /** Marks the fetch complete, or takes it back to where the service stopped sending. */
        private PumpFetch.State conclude() {
            LocalDateTime newest = rawEvents.newestPumpTimestamp(serial).orElse(null);
            boolean lacksNewest =
                    newest == null || newest.isBefore(plan.newestEvent().minusDays(1));
            if (lacksNewest) {
                LocalDate goOnFrom =
                        newest == null ? plan.firstDay() : newest.toLocalDate().minusDays(1);
                progress.windowStored(serial, pump.assignmentId(), pump.modelName(), goOnFrom);
                return PumpFetch.State.INCOMPLETE;
            }
            progress.complete(serial, plan.newestEvent(), clock.instant());
            return PumpFetch.State.COMPLETE;
        }
    }

    /** A whole answer, staged in a session of its own. */
    private static final class FetchedWindow implements AutoCloseable {
        private final FetchWindow window;
        private final Database session;
        private final RawEventStaging staging;
        private long events;

        FetchedWindow(FetchWindow window, Database session) {
            this.window = window;
            this.session = session;
            this.staging = new RawEventTable(session).stage();
        }

        FetchWindow window() {
            return window;
        }

        Database session() {
            return session;
        }

        RawEventStaging staging() {
            return staging;
        }

        /** How many events the answer has, clock changes not counted. */
        long events() {
            return events;
        }

        @Override
        public void close() {
            try {
                staging.close();
            } finally {
                session.close();
            }
        }
    }

    /** Puts the events of an answer into the staging area, with their times. */
    private final class StagingSink implements PumpLogSink {
        private final RawEventStaging staging;
        private long events;

        StagingSink(RawEventStaging staging) {
            this.staging = staging;
        }

        long events() {
            return events;
        }

        @Override
        public void restart() {
            staging.restart();
            events = 0;
        }

        @Override
        public void accept(ReceivedEvent event) {
            LocalDateTime wallClock = PumpTimestamp.parse(event.pumpDateTime()).orElse(null);
            Instant utc = wallClock == null ? null : timeOf(event, wallClock).utc();
            staging.add(
                    event.clockChange(),
                    event.sequenceGroup(),
                    event.sequenceNumber(),
                    event.eventCode(),
                    wallClock,
                    utc,
                    event.json());
            if (!event.clockChange()) {
                events++;
            }
        }

        private PumpTime timeOf(ReceivedEvent event, LocalDateTime wallClock) {
            return pumpClock.at(new SequencePosition(event.sequenceGroup(), event.sequenceNumber()), wallClock);
        }
    }
}
