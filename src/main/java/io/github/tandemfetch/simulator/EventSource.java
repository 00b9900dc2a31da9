package io.github.tandemfetch.simulator;

/** Writes one kind of a day's events; the log puts them in order afterwards. */
interface EventSource {
    /** Appends the events of the planned day, in any order. */
    void write(DayPlan plan, EventLog log);
}
