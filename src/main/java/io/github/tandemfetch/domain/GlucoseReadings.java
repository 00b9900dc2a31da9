package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.PumpTime;
import io.github.tandemfetch.clock.SensorStamp;
import io.github.tandemfetch.clock.TimeBasis;
import io.github.tandemfetch.domain.CgmReadingTable.CgmEvent;
import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.pump.GlucoseReading;
import io.github.tandemfetch.pump.PumpTimestamp;
import io.github.tandemfetch.pump.Sensor;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;
import java.util.Optional;

/** Makes a glucose reading of an event that carries one. */
public final class GlucoseReadings {
    private final PumpClocks clocks;

    public GlucoseReadings(PumpClocks clocks) {
        this.clocks = clocks;
    }

    /** Whether an event says what the pump showed. */
    public static boolean isReadable(CgmEvent event) {
        return GlucoseReading.isReadable(event.status(), event.value());
    }

    /** The reading of an event; empty where the pump did not show any, or it cannot be read. */
    public Optional<CgmReading> of(CgmEvent event) {
        Sensor sensor = Sensor.ofEventCode(event.eventCode()).orElseThrow();
        return GlucoseReading.of(event.status(), event.value()).map(glucose -> {
            LocalDateTime takenAt = Optional.ofNullable(event.readingSeconds())
                    .filter(seconds -> seconds > 0)
                    .flatMap(PumpTimestamp::ofSeconds)
                    .orElse(event.loggedAt());
            PumpTime time = takenAt == null
                    ? new PumpTime(null, TimeBasis.UNKNOWN)
                    : clocks.of(event.pumpSerial())
                            .readingAt(new SensorStamp(
                                    new SequencePosition(event.sequenceGroup(), event.sequenceNumber()),
                                    event.loggedAt(),
                                    takenAt,
                                    event.backfilled()));
            return new CgmReading(
                    event.eventsId(),
                    time.utc(),
                    glucose.mgPerDl(),
                    glucose.status().label(),
                    glucose.reportedValue(),
                    event.rate() == null ? null : event.rate() / 10,
                    event.backfilled(),
                    sensor.label(),
                    event.pumpSerial(),
                    takenAt,
                    time.basis().label());
        });
    }
}
