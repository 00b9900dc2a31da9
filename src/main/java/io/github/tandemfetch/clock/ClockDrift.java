package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.Stretch.Link;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a clock runs fast or slow. A clock that is wrong by a constant, and one that gains a second a day, both show
 * as corrections of some minutes. It is taken for a drifting one only where at least three corrections agree: each in
 * proportion to the time since the one before.
 */
final class ClockDrift {
    private static final int ENOUGH_CORRECTIONS = 3;
    private static final long SHORTEST_RUN = 3 * WallMillis.DAY;
    private static final double TOLERANCE = 0.1;
    private static final double TOLERANCE_MILLIS = 1_500;
    private static final double LEAST_TOTAL = 20_000;
    private static final double FASTEST = 60.0 * WallMillis.SECOND / WallMillis.DAY;

    private final double[] rates;

    private ClockDrift(double[] rates) {
        this.rates = rates;
    }

    private record Correction(int firstStretch, int lastStretch, long run, long residual, boolean sinceSet) {}

    /** Looks at stretches that follow each other by exactly known steps. */
    static ClockDrift of(List<Stretch> chain) {
        double[] rates = new double[chain.size()];
        List<Correction> corrections = corrections(chain);
        List<Correction> known = corrections.stream()
                .filter(correction -> correction.sinceSet() && correction.run() >= SHORTEST_RUN)
                .toList();
        double gained = known.stream().mapToLong(c -> -c.residual()).sum();
        double run = known.stream().mapToLong(Correction::run).sum();
        double mean = run == 0 ? 0 : gained / run;
        if (known.size() < ENOUGH_CORRECTIONS
                || Math.abs(gained) < LEAST_TOTAL
                || Math.abs(mean) > FASTEST
                || !known.stream().allMatch(correction -> fits(correction, mean))) {
            return new ClockDrift(rates);
        }
        for (int i = 0; i < rates.length; i++) {
            rates[i] = mean;
        }
        for (Correction correction : known) {
            for (int i = correction.firstStretch(); i <= correction.lastStretch(); i++) {
                rates[i] = -(double) correction.residual() / correction.run();
            }
        }
        return new ClockDrift(rates);
    }

    private static boolean fits(Correction correction, double mean) {
        double expected = mean * correction.run();
        return Math.abs(-correction.residual() - expected) <= TOLERANCE_MILLIS + TOLERANCE * Math.abs(expected);
    }

    /** What is left of each change when whole quarters of an hour are taken off, and how long it took to gather. */
    private static List<Correction> corrections(List<Stretch> chain) {
        List<Correction> corrections = new ArrayList<>();
        long run = 0;
        int first = 0;
        boolean sinceSet = false;
        for (int i = 0; i < chain.size(); i++) {
            Stretch stretch = chain.get(i);
            if (i > 0 && stretch.link() == Link.CHANGE) {
                long residual = stretch.delta() - ZoneStep.of(stretch.delta());
                if (Math.abs(residual) >= WallMillis.SECOND) {
                    corrections.add(new Correction(first, i - 1, run, residual, sinceSet));
                    run = 0;
                    first = i;
                    sinceSet = true;
                }
            }
            run += stretch.length();
        }
        return corrections;
    }

    /** By how much the clock gains in a stretch, in milliseconds a millisecond; 0 for one that keeps time. */
    double rateOf(int stretch) {
        return rates[stretch];
    }
}
