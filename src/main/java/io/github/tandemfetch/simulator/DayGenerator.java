package io.github.tandemfetch.simulator;

import java.util.List;

/** Generates the days of one pump's history, each alone, into a buffer that is used again for the next. Not shared. */
final class DayGenerator {
    private static final List<EventSource> SOURCES = List.of(
            new ClockEvents(),
            new DeviceEvents(),
            new BasalEvents(),
            new SensorEvents(),
            new BolusEvents(),
            new AlertEvents());

    private final PumpProfile profile;
    private final ClockPlan clock;
    private final EventLog log = new EventLog();

    DayGenerator(PumpProfile profile, ClockPlan clock) {
        this.profile = profile;
        this.clock = clock;
    }

    /** The events of a day, in order; valid until the next call. */
    EventLog generate(int day) {
        DayPlan plan = DayPlan.of(profile, clock, day);
        log.start(clock, plan.start() * 1000);
        for (EventSource source : SOURCES) {
            source.write(plan, log);
        }
        log.seal(plan.end() * 1000);
        return log;
    }
}
