package io.github.tandemfetch.simulator;

/**
 * A stream of pseudo-random numbers that can be derived from a seed and any further keys (SplitMix64), so that each day
 * of a history can be generated alone, in any order, and always the same, on every JDK.
 */
final class SeededRandom {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    SeededRandom(long seed, long... keys) {
        long mixed = mix(seed + GOLDEN);
        for (long key : keys) {
            mixed = mix(mixed ^ mix(key + GOLDEN));
        }
        state = mixed;
    }

    static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from -1 to 1 that depends on the two keys only. */
    static double noise(long seed, long key) {
        return (mix(seed ^ mix(key + GOLDEN)) >> 11) * 0x1.0p-52;
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** From 0 (inclusive) to 1 (exclusive). */
    double fraction() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    boolean chance(double probability) {
        return fraction() < probability;
    }

    /** From {@code low} to {@code high}, both inclusive. */
    int between(int low, int high) {
        return low + (int) (((next() >>> 33) * (high - low + 1L)) >>> 31);
    }
}
