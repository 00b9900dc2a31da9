package io.github.tandemfetch.clock;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the one offset that a chain's exact steps leave open, in two steps.
 *
 * <p>First the zone. Every stretch is tried as the one that showed the legal time of the person's zone; each try is then
 * a story of the whole chain, and the story that asks for the least is believed. What a story costs is counted in days:
 *
 * <ul>
 *   <li>A clock that shows another zone's time: a day each day. The newest stretch is presumed to show the person's own,
 *       so there it costs 15 more, and grows with the square of the time: nobody travels for months.
 *   <li>A clock that was not moved when the zone's rule asked for it: half a day each day, 20 at most; that is what
 *       pumps do, some for ever.
 *   <li>A clock that was moved well before the rule asked for it: five, and 25 more if it was set by hand to that.
 *   <li>An offset that no zone of the world has (a wrong date): 20, but 40 at most once it was put right.
 * </ul>
 *
 * <p>Then the minutes. A change by less than a quarter of an hour is a correction, and what it leads to is right. Where
 * corrections contradict each other, the fewest are taken for mistakes, and the newest is taken for right.
 */
final class ChainAnchor {
    private static final long QUARTER = 15 * WallMillis.MINUTE;
    private static final long WESTMOST = -12 * WallMillis.HOUR;
    private static final long EASTMOST = 14 * WallMillis.HOUR;
    private static final long EARLY = 36 * WallMillis.HOUR;
    private static final long ON_THE_SPOT = 1_500;

    private static final double LATE = 0.5;
    private static final double MOST_FOR_LATE = 20;
    private static final double TOO_EARLY = 5;
    private static final double SET_TOO_EARLY = 25;
    private static final double IMPOSSIBLE = 20;
    private static final double MOST_FOR_IMPOSSIBLE = 40;
    private static final double NEWEST_AWAY = 15;
    private static final double MOST_FOR_THE_PAST = 300;
    private static final double CONTRADICTION = 1_000;
    private static final double MOVED_WHILE_DEAD = 1.5;
    private static final double SILENT_HOUR = 4;
    private static final double MOST_FOR_SILENCE = 20;
    /** A story that costs no more than this beyond the best is told to the person as another possible one. */
    private static final double ALSO_POSSIBLE = 12;

    private final LegalTime legalTime;
    private final ClockChain chain;
    private final Next next;
    private final int last;
    private final int errorFree;
    private final long[] wallEnds;

    /**
     * What is known of the log behind the chain's end.
     *
     * @param utcStart when the next event happened
     * @param offset the offset that the clock shows after that; null where it is not known
     * @param link how the chain is left
     */
    record Next(long utcStart, Long offset, Stretch.Link link) {}

    /**
     * The outcome.
     *
     * @param offset the offset of the chain's newest stretch at its beginning
     * @param estimated whether nothing but the neighbors told it
     * @param alternative another offset that would do; null where there is none
     */
    record Anchor(long offset, boolean estimated, Long alternative) {}

    /**
     * A possible outcome.
     *
     * @param zone the offset of the newest stretch, had its clock no error
     * @param cost what the story asks for
     */
    private record Story(long zone, double cost) {}

    ChainAnchor(LegalTime legalTime, ClockChain chain, Next next) {
        this.legalTime = legalTime;
        this.chain = chain;
        this.next = next;
        this.last = chain.size() - 1;
        this.errorFree = errorFree();
        this.wallEnds = wallEnds();
    }

    /** Where each stretch ends; a clock that ran on while the log started over is one stretch of the clock. */
    private long[] wallEnds() {
        long[] ends = new long[chain.size()];
        for (int i = last; i >= 0; i--) {
            ends[i] = i < last && isRunningOn(i + 1)
                    ? ends[i + 1]
                    : chain.stretch(i).wallEnd();
        }
        return ends;
    }

    private boolean isRunningOn(int index) {
        return index > 0 && chain.stretch(index).link() == Stretch.Link.LOG_RESTART;
    }

    private long length(int index) {
        return Math.max(0, wallEnds[index] - chain.stretch(index).wallStart());
    }

    Anchor find() {
        List<Story> stories = zones().stream()
                .map(zone -> new Story(zone, cost(zone)))
                .sorted(Comparator.comparingDouble(Story::cost))
                .toList();
        Story best = stories.get(0);
        if (best.cost() >= CONTRADICTION && next != null && next.link() == Stretch.Link.UNANNOUNCED) {
            return new Anchor(least() - chain.relativeAtEnd(last), true, null);
        }
        Long alternative = stories.size() > 1 && stories.get(1).cost() <= best.cost() + ALSO_POSSIBLE
                ? (Long) offset(stories.get(1).zone())
                : null;
        return new Anchor(offset(best.zone()), false, alternative);
    }

    /** The newest stretch's offset, of which {@code zone} is the part that zones explain. */
    private long offset(long zone) {
        return zone - chain.error(errorFree);
    }

    private Set<Long> zones() {
        Set<Long> zones = new TreeSet<>();
        for (int i = 0; i < chain.size(); i++) {
            Stretch stretch = chain.stretch(i);
            if (!stretch.isLost()) {
                long from = stretch.wallStart() - EASTMOST - EARLY;
                long to = stretch.wallEnd() - WESTMOST + EARLY;
                for (long legal : legalTime.offsetsBetween(from, to)) {
                    zones.add(legal - chain.place(i));
                }
            }
        }
        if (next != null && next.offset() != null) {
            long continued = next.offset() - chain.relativeAtEnd(last) + chain.error(errorFree);
            zones.add(Math.round((double) continued / QUARTER) * QUARTER);
            if (next.link() == Stretch.Link.UNANNOUNCED) {
                // The smallest move that leaves no time running backwards.
                long steps = -Math.floorDiv(next.offset() - least(), QUARTER);
                zones.add(Math.round((double) (continued + steps * QUARTER) / QUARTER) * QUARTER);
            }
        }
        return zones;
    }

    /** The offset at which the chain would end in the very moment in which the next begins. */
    private long least() {
        return chain.last().wallEnd() - next.utcStart();
    }

    private double cost(long zone) {
        double past = 0;
        double present = 0;
        double away = 0;
        boolean trailing = true;
        int newest = last;
        while (isRunningOn(newest)) {
            newest--;
        }
        for (int i = newest; i >= 0; i--) {
            Stretch stretch = chain.stretch(i);
            boolean passing = i < newest && length(i) < WallMillis.MINUTE;
            if (stretch.isLost() || passing || isRunningOn(i)) {
                continue;
            }
            long shown = zone + chain.place(i);
            if (shown < WESTMOST || shown > EASTMOST) {
                double cost = IMPOSSIBLE * days(length(i));
                present += trailing ? cost + NEWEST_AWAY : 0;
                past += trailing ? 0 : Math.min(cost, MOST_FOR_IMPOSSIBLE);
                trailing = false;
                continue;
            }
            Stay stay = stay(i, shown);
            if (trailing && !stay.home()) {
                away += stay.cost();
            } else {
                present += trailing ? stay.cost() : 0;
                past += trailing ? 0 : stay.cost();
                trailing = false;
            }
        }
        return Math.min(MOST_FOR_THE_PAST, past) + present + run(away, zone) + misfit(zone);
    }

    /** What it costs that the newest part of the chain shows another zone. */
    private double run(double days, long zone) {
        if (days == 0) {
            return 0;
        }
        return isContinued(zone) ? days : NEWEST_AWAY + days * (1 + days / NEWEST_AWAY);
    }

    private boolean isContinued(long zone) {
        return next != null
                && next.offset() != null
                && Math.abs(next.offset() - offset(zone) - chain.relativeAtEnd(last)) < QUARTER;
    }

    /** What it costs that the chain does not fit what follows: time cannot run back, and logs are seldom silent. */
    private double misfit(long zone) {
        if (next == null) {
            return 0;
        }
        long silence = offset(zone) + chain.relativeAtEnd(last) - least();
        if (next.link() == Stretch.Link.UNANNOUNCED) {
            double hours = (double) silence / WallMillis.HOUR;
            return silence < -5 * WallMillis.SECOND ? CONTRADICTION : Math.min(MOST_FOR_SILENCE, SILENT_HOUR * hours);
        }
        boolean moved = next.offset() != null
                && !isContinued(zone)
                && zone + chain.place(last) != legalTime.offsetAt(chain.last().wallEnd() - zone - chain.place(last));
        return (silence < -QUARTER ? CONTRADICTION : 0) + (moved ? MOVED_WHILE_DEAD : 0);
    }

    /**
     * How a stretch went with the zone.
     *
     * @param home whether it showed the zone's time at some time, or would have soon
     * @param cost what it costs that it did not always
     */
    private record Stay(boolean home, double cost) {}

    private Stay stay(int index, long shown) {
        Stretch stretch = chain.stretch(index);
        long start = stretch.wallStart() - shown;
        long end = Math.max(start + 1, wallEnds[index] - shown);
        boolean soon = isSetAhead(index, start, shown);
        boolean atHome = false;
        double before = 0;
        double after = 0;
        for (long at = start; at < end; ) {
            long until = Math.min(end, legalTime.nextTransition(at));
            if (legalTime.offsetAt(at) == shown) {
                atHome = true;
            } else if (atHome) {
                after += days(until - at);
            } else {
                before += days(until - at);
            }
            at = until;
        }
        if (soon || before == 0) {
            return new Stay(true, before + Math.min(MOST_FOR_LATE, LATE * after));
        }
        if (!atHome) {
            return new Stay(false, before);
        }
        double set = stretch.link() == Stretch.Link.LOG_START ? 0 : SET_TOO_EARLY;
        return new Stay(true, set + TOO_EARLY * before + Math.min(MOST_FOR_LATE, LATE * after));
    }

    /** Whether the clock was moved the evening before as the rule will ask for; a new zone is not set ahead. */
    private boolean isSetAhead(int index, long start, long shown) {
        long ahead = legalTime.offsetAt(start + EARLY);
        return index > 0
                && ahead == shown
                && chain.place(index) - chain.place(index - 1) == ahead - legalTime.offsetAt(start);
    }

    /** The stretch whose clock is taken for right to the second. */
    private int errorFree() {
        int best = last;
        int fewest = Integer.MAX_VALUE;
        for (int i = last; i >= 0; i--) {
            boolean first = fewest == Integer.MAX_VALUE;
            if (!chain.stretch(i).isLost() && (first || chain.stretch(i).length() > 0)) {
                int mistakes = mistakes(chain.error(i));
                if (mistakes < fewest) {
                    best = i;
                    fewest = mistakes;
                }
            }
        }
        return best;
    }

    /** How many corrections led to another error than this one. */
    private int mistakes(long error) {
        int mistakes = 0;
        for (int i = 1; i < chain.size(); i++) {
            Stretch stretch = chain.stretch(i);
            boolean correction = stretch.link() == Stretch.Link.CHANGE
                    && Math.abs(stretch.delta() - ZoneStep.of(stretch.delta())) > ON_THE_SPOT;
            if (correction && !stretch.isLost() && stretch.length() > 0) {
                mistakes += Math.abs(chain.error(i) - error) > ON_THE_SPOT ? 1 : 0;
            }
        }
        return mistakes;
    }

    private static double days(long millis) {
        return (double) millis / WallMillis.DAY;
    }
}
