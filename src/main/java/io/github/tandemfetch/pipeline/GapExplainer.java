package io.github.tandemfetch.pipeline;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.SequenceGaps;
import io.github.tandemfetch.store.SequenceGaps.KnownGap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells of each gap in a pump's log which kind it is, from what the log itself shows; docs/completeness.md has the rules. */
final class GapExplainer {
    /** How long a pump keeps an event before its log overwrites it. */
    static final Duration KEPT_ON_PUMP = Duration.ofDays(90);

    /** The code of the event with which a pump says that its log is damaged. */
    private static final int LOG_CORRUPTION = 60;

    private final long newestGroup;
    private final Instant newest;

    private GapExplainer(long newestGroup, Instant newest) {
        this.newestGroup = newestGroup;
        this.newest = newest;
    }

    static GapExplainer of(Database database, String pumpSerial) {
        SequenceGaps.LogEnd end = new SequenceGaps(database).end(pumpSerial);
        return new GapExplainer(end.sequenceGroup(), end.newest());
    }

    /**
     * What is behind a gap.
     *
     * @param kind the kind
     * @param reason what shows it, as the end of a sentence
     */
    record Explanation(GapKind kind, String reason) {}

    Explanation explain(KnownGap known) {
        if (known.searchedAt() == null) {
            return new Explanation(GapKind.NOT_FETCHED, "the service has not been asked for it");
        }
        if (known.codeBefore() == LOG_CORRUPTION || known.codeAfter() == LOG_CORRUPTION) {
            return new Explanation(GapKind.LOST_ON_PUMP, "the pump logged beside it that its log was damaged");
        }
        if (known.gap().sequenceGroup() != newestGroup) {
            return new Explanation(GapKind.LOST_ON_PUMP, "the pump's log has started over since");
        }
        boolean overwritten = Optional.ofNullable(known.utcAfter())
                .filter(after -> newest != null)
                .map(after -> Duration.between(after, newest).compareTo(KEPT_ON_PUMP) > 0)
                .orElse(false);
        if (overwritten) {
            return new Explanation(
                    GapKind.LOST_ON_PUMP,
                    "the pump has logged " + KEPT_ON_PUMP.toDays() + " days since, and overwrites");
        }
        return new Explanation(GapKind.NEVER_UPLOADED, "the service does not have it; the pump may still upload it");
    }
}
