package io.github.tandemfetch.simulator;

import java.util.List;

/** Generates the days of one pump's history independently, into a reused buffer. Not thread-safe. */
final class DayGenerator {
    private static final List<EventGenerator> SOURCES = List.of(
            new ClockEvents(),
            new DeviceEvents(),
            new BasalEvents(),
            new SensorEvents(),
            new BolusEvents(),
            new AlertEvents());

    private final PumpProfile profile;
    private final ClockPlan clock;
    private final EventLog log;

    private DayGenerator(PumpProfile profile, ClockPlan clock, EventLog log) {
        this.profile = profile;
        this.clock = clock;
        this.log = log;
    }

    /** Generates complete events. */
    static DayGenerator whole(PumpProfile profile, ClockPlan clock) {
        return new DayGenerator(profile, clock, new EventLog(true));
    }

    /** Generates the same events without their properties' text. */
    static DayGenerator counting(PumpProfile profile, ClockPlan clock) {
        return new DayGenerator(profile, clock, new EventLog(false));
    }

    /** The events of a day, in order; valid until the next call. */
    EventLog generate(int day) {
        DayPlan plan = DayPlan.of(profile, clock, day);
        log.start(clock, plan.start() * 1000, plan.end() * 1000);
        for (EventGenerator source : SOURCES) {
            source.write(plan, log);
        }
        log.seal();
        return log;
    }
}
