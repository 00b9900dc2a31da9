package io.github.tandemfetch.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Advances the simulated time with each request for the pumps. Active pumps upload every hour of it. */
final class SimulatedTime {
    private static final Duration BETWEEN_UPLOADS = Duration.ofHours(1);

    private final List<PumpHistory> worn;
    private final Duration step;
    private Instant now;
    private Instant uploaded;

    SimulatedTime(List<SimulatedPump> pumps, Duration step) {
        this.worn = pumps.stream()
                .filter(pump -> !pump.isRetired() && pump.history() != null)
                .map(SimulatedPump::history)
                .toList();
        this.step = step;
        this.now = worn.isEmpty() ? Instant.EPOCH : worn.get(0).end();
        this.uploaded = now;
    }

    synchronized void step() {
        if (step.isZero()) {
            return;
        }
        now = now.plus(step);
        if (!now.isBefore(uploaded.plus(BETWEEN_UPLOADS))) {
            worn.forEach(history -> history.uploadUntil(now));
            uploaded = now;
        }
    }
}
