package io.github.tandemfetch.clock;

import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;

/**
 * When a sensor reading was taken, as the pump's log says it.
 *
 * @param position the event that carries the reading
 * @param loggedAt the event's own stamp, pump clock; null where it has none
 * @param takenAt the reading's own stamp, pump clock
 * @param backfilled whether the sensor handed it in late
 */
public record SensorStamp(
        SequencePosition position, LocalDateTime loggedAt, LocalDateTime takenAt, boolean backfilled) {}
