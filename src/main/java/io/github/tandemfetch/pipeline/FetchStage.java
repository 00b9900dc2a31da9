package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.history.FetchProgressTable;
import io.github.tandemfetch.history.FetchProgressTable.Progress;
import io.github.tandemfetch.history.RawEventTable;
import io.github.tandemfetch.history.SequenceGaps;
import io.github.tandemfetch.history.ServiceNoteTable;
import io.github.tandemfetch.source.Pump;
import io.github.tandemfetch.source.TandemSourceClient;
import io.github.tandemfetch.store.Checkpoints;
import io.github.tandemfetch.store.Database;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Stage 1: raw events, incremental and resumable, of one pump after the other. A window, or several, are one transaction
 * together with the note of how far the pump has been fetched; a run that is killed goes on with the first window that was
 * not stored.
 */
final class FetchStage {
    private final Database database;
    private final TandemSourceClient client;
    private final PumpClocks clocks;
    private final Clock clock;
    private final PipelineListener listener;

    private final RawEventTable rawEvents;
    private final FetchProgressTable progress;
    private final SequenceGaps gaps;
    private final Checkpoints checkpoints;
    private final PumpIdentities identities;

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
                PumpFetch fetch = fetch(pump, listed);
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
            Optional<FetchPlan> plan = FetchPlan.of(pump, clock);
            Optional<Progress> before = progress(pump);
            if (plan.isPresent() && before.isPresent()) {
                failures.attempt(pump, () -> {
                    GapFetch fetch =
                            gapFetching(planned(pump, plan.get(), pumps)).fetch();
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
        Set<String> assignments = chosen.stream().map(Pump::assignmentId).collect(Collectors.toSet());
        return identified.stream()
                .filter(pump -> assignments.contains(pump.assignmentId()))
                .toList();
    }

    private PumpFetch fetch(Pump pump, List<Pump> listed) {
        Optional<FetchPlan> planned = FetchPlan.of(pump, clock);
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
        return pumpFetching(planned(pump, plan, listed)).fetch();
    }

    /** Stores the first windows of a pump, and leaves it to a later fetch to judge whether everything is there. */
    void fetchFirst(Pump listed, FetchPlan plan, List<FetchWindow> first) {
        Pump pump = identities.of(List.of(listed)).get(0);
        PlannedFetch planned = planned(pump, plan, List.of(pump));
        ProgressNotes notes = new ProgressNotes(planned, database, clock);
        transfer(planned).storeAll(first, notes::through);
    }

    private PlannedFetch planned(Pump pump, FetchPlan plan, List<Pump> listed) {
        return new PlannedFetch(
                pump,
                plan,
                PumpAssignments.of(pump, listed, progress.all()),
                progress(pump).orElse(null));
    }

    private Optional<Progress> progress(Pump pump) {
        return progress.of(pump.serialNumber(), pump.assignmentId());
    }

    private PumpFetching pumpFetching(PlannedFetch planned) {
        sayWhatIsNotBelieved(planned);
        WindowTransfer transfer = transfer(planned);
        ProgressNotes notes = new ProgressNotes(planned, database, clock);
        GapSearch search = new GapSearch(planned, database, transfer, clock, listener);
        FetchCompleteness completeness = new FetchCompleteness(planned, database, transfer, notes, clock, listener);
        return new PumpFetching(planned, database, transfer, notes, search, completeness, listener);
    }

    private GapFetching gapFetching(PlannedFetch planned) {
        WindowTransfer transfer = transfer(planned);
        ProgressNotes notes = new ProgressNotes(planned, database, clock);
        GapSearch search = new GapSearch(planned, database, transfer, clock, listener);
        return new GapFetching(planned, database, transfer, notes, search, clock, listener);
    }

    private WindowTransfer transfer(PlannedFetch planned) {
        WindowDownload download = new WindowDownload(planned, client, clocks);
        return new WindowTransfer(planned, database, download, checkpoints, clock, listener);
    }

    private void sayWhatIsNotBelieved(PlannedFetch planned) {
        LocalDate date = planned.plan().notBelieved();
        if (date != null && new ServiceNoteTable(database).isFirst(planned.serial(), "date " + date, clock.instant())) {
            listener.notice("Pump " + planned.serial() + ": the service says it has events on " + date
                    + ", which is not believed. Days after tomorrow are not fetched; new events are found by the pump's"
                    + " uploads.");
        }
    }
}
