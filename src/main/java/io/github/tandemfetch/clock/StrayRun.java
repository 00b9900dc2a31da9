package io.github.tandemfetch.clock;

/**
 * Neighboring events whose stamps lie days away from those on both sides, which go on as if they were not there.
 *
 * @param group the sequence group
 * @param firstNumber the first event's sequence number
 * @param lastNumber the last one's
 * @param firstWall the first one's stamp, as {@link WallMillis}
 * @param lastWall the latest stamp of the run, likewise
 * @param wallBefore the stamp of the event before, likewise
 * @param nextNumber the first sequence number after the run
 * @param wallAfter the stamp of the first believable event after the run, likewise
 */
record StrayRun(
        long group,
        long firstNumber,
        long lastNumber,
        long firstWall,
        long lastWall,
        long wallBefore,
        long nextNumber,
        long wallAfter) {}
