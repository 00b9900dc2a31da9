package io.github.tandemfetch.domain;

import io.github.tandemfetch.pump.Sensor;
import io.github.tandemfetch.store.Database;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The glucose readings, a row for each reading that the pump showed. Low and High are no numbers. A reading has a time of
 * its own, the sensor's, on the pump's clock of then, so that the rows are made by {@link GlucoseRows}.
 */
public final class CgmReadings extends DomainTable {
    /** The table's name, for examples. */
    public static final String NAME = "cgm_readings";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String comment() {
        return "Glucose readings";
    }

    @Override
    public String rowName() {
        return "glucose reading";
    }

    @Override
    public String valueName() {
        return "glucose value";
    }

    @Override
    public Set<Integer> eventCodes() {
        return Arrays.stream(Sensor.values()).map(Sensor::eventCode).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.of("cgm_reading", "INTEGER", "mg/dL", "Glucose; NULL where Low or High was shown"),
                Column.required("status", "VARCHAR", "", "value, low or high"),
                Column.of("reported_value", "INTEGER", "mg/dL", "The number in the event, also for Low and High"),
                Column.of("rate_of_change", "DOUBLE", "mg/dL/min", "Rate of change"),
                Column.required("backfilled", "BOOLEAN", "", "Whether the sensor delivered it late"),
                Column.required("sensor", "VARCHAR", "", "Kind of sensor"));
    }

    @Override
    public List<List<String>> keys() {
        return List.of(List.of("pump_serial", "sensor", "timestamp"));
    }

    @Override
    public Optional<ConflictCheck> conflictCheck() {
        return Optional.of(new ConflictCheck(
                "conflicting_readings",
                "Of readings of one sensor at one second that differ, the one logged last is in " + NAME + ".",
                "Nothing is lost: these events stay in the table events. Nothing needs to be done."));
    }

    @Override
    public TableRows rows(Database database) {
        return new GlucoseRows(database, this);
    }
}
