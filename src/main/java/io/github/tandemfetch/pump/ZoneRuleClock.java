package io.github.tandemfetch.pump;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Takes the pump's wall clock for the legal time of the person's time zone.
 *
 * <p>An hour that came twice (clocks set back) is taken as the first, with the offset of summer time. An hour that was
 * skipped (clocks set forward) is taken with the offset before the change, because a pump that shows such a time has
 * not been set forward yet. Both are marked.
 */
public final class ZoneRuleClock implements PumpClock {
    private final ZoneRules rules;

    /**
     * Creates the clock of a pump that is kept at one zone's legal time.
     *
     * @param zone the person's IANA time zone
     */
    public ZoneRuleClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    @Override
    public PumpTime at(SequencePosition position, LocalDateTime wallClock) {
        List<ZoneOffset> offsets = rules.getValidOffsets(wallClock);
        if (offsets.size() == 1) {
            return new PumpTime(wallClock.toInstant(offsets.get(0)), TimeBasis.ZONE_RULE);
        }
        ZoneOffsetTransition transition = rules.getTransition(wallClock);
        return new PumpTime(
                wallClock.toInstant(transition.getOffsetBefore()),
                transition.isGap() ? TimeBasis.ZONE_RULE_SKIPPED : TimeBasis.ZONE_RULE_AMBIGUOUS);
    }
}
