package io.github.tandemfetch.simulator;

/** Generates one kind of a day's events; the log sorts them afterwards. */
interface EventGenerator {
    /** Appends the events of the planned day, in any order. */
    void write(DayPlan plan, EventLog log);
}
