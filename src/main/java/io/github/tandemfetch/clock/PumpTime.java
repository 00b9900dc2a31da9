package io.github.tandemfetch.clock;

import java.time.Instant;

/**
 * A wall-clock time of the pump, placed on the time line of the world.
 *
 * @param utc the moment; null where it is not known
 * @param basis how it was found
 */
public record PumpTime(Instant utc, TimeBasis basis) {}
