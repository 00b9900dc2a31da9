package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.pump.SequencePosition;
import io.github.tandemfetch.source.RequestRejectedException;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.Gap;
import io.github.tandemfetch.store.SequenceGaps.KnownGap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Asks for what is missing within the log of one pump, and tells of which gaps the answers say something. */
final class GapSearch {
    private static final Duration TIME_UNTIL_SEARCHED_AGAIN = Duration.ofDays(1);

    private final PlannedFetch planned;
    private final Database database;
    private final PumpLog log;
    private final WindowTransfer transfer;
    private final Clock clock;
    private final PipelineListener listener;
    private final SequenceGaps gaps;

    GapSearch(
            PlannedFetch planned,
            Database database,
            PumpLog log,
            WindowTransfer transfer,
            Clock clock,
            PipelineListener listener) {
        this.planned = planned;
        this.database = database;
        this.log = log;
        this.transfer = transfer;
        this.clock = clock;
        this.listener = listener;
        this.gaps = new SequenceGaps(database);
    }

    /**
     * What came of a search.
     *
     * @param inVain whether the service had no event at all for some of the days
     * @param answered the gaps that were searched and of which the service sent the events on both sides
     */
    record Result(boolean inVain, List<Gap> answered) {
        /** Whether a gap, or the larger one of which it is left, is among those answered. */
        boolean answers(Gap left) {
            return answered.stream()
                    .anyMatch(gap -> gap.sequenceGroup() == left.sequenceGroup()
                            && gap.firstMissing() <= left.firstMissing()
                            && gap.lastMissing() >= left.lastMissing());
        }
    }

    /** The gaps that nobody asked for yet, and once a day those whose events the pump may still upload. */
    List<Gap> due() {
        if (gaps.missing(planned.serial()) == 0) {
            return List.of();
        }
        Instant tooRecent = clock.instant().minus(TIME_UNTIL_SEARCHED_AGAIN);
        GapExplainer explainer = GapExplainer.of(database, planned.serial());
        return gaps.all(planned.serial()).stream()
                .filter(known -> known.searchedAt() == null
                        || known.searchedAt().isBefore(tooRecent)
                                && explainer.explain(known).kind() == GapKind.NEVER_UPLOADED)
                .map(KnownGap::gap)
                .toList();
    }

    /**
     * Asks for what is missing within the log.
     *
     * @param note takes down how far the pump has been fetched with the windows it is given
     */
    Result search(List<Gap> wanted, Consumer<List<FetchedWindow>> note) {
        // The events beside the gaps that are searched; an answer without them says nothing about the gaps.
        wanted.forEach(gap -> transfer.watch(List.of(before(gap), after(gap))));
        boolean inVain = false;
        List<FetchWindow> asked = new ArrayList<>();
        for (FetchWindow window : planned.plan().windowsToSearch(wanted)) {
            try {
                List<FetchWindow> empty = transfer.storeAll(List.of(window), note);
                boolean stillEmpty = !transfer.storeAll(empty, note).isEmpty();
                inVain |= stillEmpty && !window.first().isBefore(planned.plan().firstDay());
                asked.add(window);
            } catch (RequestRejectedException e) {
                // Days outside of what the service offers may be refused: then nothing can be found there.
                listener.notice("Pump " + planned.serial() + ": the service would not look for missing events from "
                        + window.first() + " to " + window.last() + ".");
            }
        }
        return new Result(
                inVain, wanted.stream().filter(gap -> isAnswered(gap, asked)).toList());
    }

    /** Whether the service sent the events on both sides of a gap, as far as they are from the days asked for. */
    private boolean isAnswered(Gap gap, List<FetchWindow> asked) {
        return isAnswered(before(gap), gap.timeBefore(), asked) && isAnswered(after(gap), gap.timeAfter(), asked);
    }

    private boolean isAnswered(SequencePosition neighbour, LocalDateTime stamp, List<FetchWindow> asked) {
        return stamp == null
                || log.isSeen(neighbour)
                || asked.stream().noneMatch(window -> window.holds(stamp.toLocalDate()))
                        && !log.isOfferedBesides(planned.assignment(), stamp.toLocalDate());
    }

    private static SequencePosition before(Gap gap) {
        return new SequencePosition(gap.sequenceGroup(), gap.firstMissing() - 1);
    }

    private static SequencePosition after(Gap gap) {
        return new SequencePosition(gap.sequenceGroup(), gap.lastMissing() + 1);
    }
}
