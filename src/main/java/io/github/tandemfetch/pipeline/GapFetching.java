package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.RawEventTable;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import io.github.tandemfetch.store.SequenceGaps.KnownGap;
import java.time.Clock;
import java.util.List;

/** Fetches everything that is missing within the stored log of one pump and at its end, asked for before or not. */
final class GapFetching {
    private final PlannedFetch planned;
    private final WindowTransfer transfer;
    private final GapSearch search;
    private final Clock clock;
    private final PipelineListener listener;
    private final RawEventTable rawEvents;
    private final SequenceGaps gaps;

    GapFetching(
            PlannedFetch planned,
            Database database,
            WindowTransfer transfer,
            GapSearch search,
            Clock clock,
            PipelineListener listener) {
        this.planned = planned;
        this.transfer = transfer;
        this.search = search;
        this.clock = clock;
        this.listener = listener;
        this.rawEvents = new RawEventTable(database);
        this.gaps = new SequenceGaps(database);
    }

    GapFetch fetch() {
        String serial = planned.serial();
        List<Gap> missing = gaps();
        List<FetchWindow> end = rawEvents
                .newestPumpTimestamp(serial, planned.assignment())
                .map(planned.plan()::windowsAfter)
                .orElse(List.of());
        listener.fetchStarted(serial, planned.plan().windowsToSearch(missing).size() + end.size());
        transfer.storeAll(end, ready -> {});
        GapSearch.Result searched = search.search(missing, ready -> {});
        List<Gap> left = gaps();
        List<Gap> leftAnswered = left.stream().filter(searched::answers).toList();
        gaps.searched(serial, leftAnswered, clock.instant());
        WindowTransfer.Counts counts = transfer.counts();
        return new GapFetch(
                serial,
                planned.pump().modelName(),
                missing.size(),
                counts.windows(),
                counts.received(),
                counts.inserted(),
                numbers(missing),
                numbers(left),
                left.size() - leftAnswered.size());
    }

    private List<Gap> gaps() {
        return gaps.all(planned.serial()).stream().map(KnownGap::gap).toList();
    }

    private static long numbers(List<Gap> gaps) {
        return gaps.stream().mapToLong(Gap::size).sum();
    }
}
