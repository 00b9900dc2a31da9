package io.github.tandemfetch.clock;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Set;
import java.util.TreeSet;

/** The legal time of the person's zone. Offsets are milliseconds to add to UTC. */
final class LegalTime {
    /** How close to the rule's moment the events on both sides of a jump must lie to show that the clock followed it. */
    private static final long CADENCE = 15 * WallMillis.MINUTE;

    private final ZoneRules rules;

    LegalTime(ZoneId zone) {
        this.rules = zone.getRules();
    }

    long offsetAt(long utcMillis) {
        return rules.getOffset(Instant.ofEpochMilli(utcMillis)).getTotalSeconds() * WallMillis.SECOND;
    }

    /** The offset of a wall-clock time; of an hour that comes twice, and of one that is skipped, the one before. */
    long offsetAtWall(LocalDateTime wallClock) {
        return rules.getOffset(wallClock).getTotalSeconds() * WallMillis.SECOND;
    }

    /** The next moment at which the zone's offset changes, or {@link Long#MAX_VALUE}. */
    long nextTransition(long utcMillis) {
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochMilli(utcMillis));
        return next == null ? Long.MAX_VALUE : next.getInstant().toEpochMilli();
    }

    /** Every offset that the zone has between two moments. */
    Set<Long> offsetsBetween(long fromUtcMillis, long toUtcMillis) {
        Set<Long> offsets = new TreeSet<>();
        long at = fromUtcMillis;
        while (at <= toUtcMillis) {
            offsets.add(offsetAt(at));
            at = nextTransition(at);
        }
        return offsets;
    }

    /**
     * By how much a clock that follows the zone's rule by itself jumps between two neighboring events: where one lies
     * just before the rule's moment and the other just after it, on a clock that has jumped.
     *
     * @return 0 where the two events do not show such a jump
     */
    long jumpBetween(long wallBefore, long wallAfter) {
        Instant search = Instant.ofEpochMilli(wallBefore - 30 * WallMillis.HOUR);
        for (ZoneOffsetTransition next = rules.nextTransition(search);
                next != null && next.toEpochSecond() * WallMillis.SECOND < wallBefore + 30 * WallMillis.HOUR;
                next = rules.nextTransition(next.getInstant())) {
            long ruleBefore = WallMillis.of(next.getDateTimeBefore());
            long ruleAfter = WallMillis.of(next.getDateTimeAfter());
            if (wallBefore < ruleBefore
                    && wallBefore >= ruleBefore - CADENCE
                    && wallAfter >= ruleAfter
                    && wallAfter < ruleAfter + CADENCE) {
                return ruleAfter - ruleBefore;
            }
        }
        return 0;
    }
}
