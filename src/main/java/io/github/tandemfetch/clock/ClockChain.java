package io.github.tandemfetch.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * Stretches that follow each other by exactly known steps: one offset known, all are. Offsets are milliseconds to add to
 * UTC at the beginning of a stretch; here they are relative to the newest stretch's.
 */
final class ClockChain {
    /** A clock that is left alone for so long has been set, and is not being set. */
    private static final long SETTLED = WallMillis.HOUR;

    private final List<Stretch> stretches;
    private final long[] relative;
    private final long[] places;
    private final double[] rates;

    ClockChain(List<Stretch> stretches) {
        this.stretches = List.copyOf(stretches);
        ClockDrift drift = ClockDrift.of(this.stretches);
        relative = new long[stretches.size()];
        places = new long[stretches.size()];
        rates = new double[stretches.size()];
        for (int i = stretches.size() - 1; i >= 0; i--) {
            rates[i] = drift.rateOf(i);
            if (i < stretches.size() - 1) {
                long atEnd = relative[i + 1] - stretches.get(i + 1).delta();
                relative[i] = atEnd - Math.round(rates[i] * stretches.get(i).length());
            }
        }
        findPlaces();
    }

    /** Settings in quick succession are one: only their sum says how far the clock was moved in the end. */
    private void findPlaces() {
        int settled = stretches.size() - 1;
        for (int i = stretches.size() - 2; i >= 0; i--) {
            places[i] = places[settled] - ZoneStep.of(relative[settled] - relativeAtEnd(i));
            if (stretches.get(i).length() >= SETTLED) {
                settled = i;
            }
        }
    }

    /** Cuts the stretches of a log into chains, in the order of the log. */
    static List<ClockChain> of(List<Stretch> stretches) {
        List<ClockChain> chains = new ArrayList<>();
        List<Stretch> open = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (!open.isEmpty() && !stretch.link().isExact()) {
                chains.add(new ClockChain(open));
                open.clear();
            }
            open.add(stretch);
        }
        if (!open.isEmpty()) {
            chains.add(new ClockChain(open));
        }
        return chains;
    }

    int size() {
        return stretches.size();
    }

    Stretch stretch(int index) {
        return stretches.get(index);
    }

    Stretch first() {
        return stretches.get(0);
    }

    Stretch last() {
        return stretches.get(stretches.size() - 1);
    }

    long relative(int index) {
        return relative[index];
    }

    /** The part of a stretch's offset that zones explain, relative as all. */
    long place(int index) {
        return places[index];
    }

    /** What is left of it: by how much the clock was wrong, relative as all. */
    long error(int index) {
        return relative[index] - places[index];
    }

    double rate(int index) {
        return rates[index];
    }

    /** The offset at the very end of a stretch, relative as all. */
    long relativeAtEnd(int index) {
        return relative[index] + Math.round(rates[index] * stretches.get(index).length());
    }

    /** Whether every stretch has lost its time, so that no zone can tell anything. */
    boolean isLost() {
        return stretches.stream().allMatch(Stretch::isLost);
    }

    boolean hasAnnouncedChange() {
        return stretches.stream().skip(1).anyMatch(stretch -> stretch.link() == Stretch.Link.CHANGE);
    }
}
