package io.github.tandemfetch.clock;

import java.time.ZoneId;
import java.util.Map;

/** The clock of each pump. */
public final class PumpClocks {
    private final ClockTimeline unknown;
    private final Map<String, ClockTimeline> timelines;

    public PumpClocks(ZoneId zone, Map<String, ClockTimeline> timelines) {
        this.unknown = ClockTimeline.unknown(zone);
        this.timelines = Map.copyOf(timelines);
    }

    /** The clock of a pump; one that follows the zone where nothing is known of it. */
    public ClockTimeline of(String pumpSerial) {
        return timelines.getOrDefault(pumpSerial, unknown);
    }

    public ZoneId zone() {
        return unknown.zone();
    }
}
