package io.github.tandemfetch.verify;

import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.domain.BasalDeliveryTable;
import io.github.tandemfetch.domain.BasalDeliveryTable.Difference;
import io.github.tandemfetch.domain.CgmReadingTable;
import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.domain.CgmReadingTable.Key;
import io.github.tandemfetch.domain.CgmReadingTable.StoredPair;
import io.github.tandemfetch.domain.CollidingReadings;
import io.github.tandemfetch.domain.GlucoseReadings;
import io.github.tandemfetch.domain.UnreadableEvents;
import io.github.tandemfetch.domain.UnreadableKind;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.history.EventTable;
import io.github.tandemfetch.pump.Sensor;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** Extracts every domain row once more and compares, a stretch of events at a time. */
final class ExtractVerification {
    private static final long EVENTS_AT_ONCE = 40_000;
    private static final List<Integer> SENSOR_CODES =
            Arrays.stream(Sensor.values()).map(Sensor::eventCode).toList();

    private final Database database;
    private final GlucoseReadings glucoseReadings;
    private final int limit;
    private final UnreadableEvents unreadable = new UnreadableEvents();

    ExtractVerification(Database database, PumpClocks clocks, int limit) {
        this.database = database;
        this.glucoseReadings = new GlucoseReadings(clocks);
        this.limit = limit;
    }

    /**
     * What was found.
     *
     * @param wrong rows that an extraction would not give
     * @param missing rows that it would give and that are not there
     * @param conflicts events without a row, since another value was logged later for the same second
     */
    record Outcome(Findings wrong, Findings missing, Findings conflicts) {}

    /** The events seen so far whose value cannot be read. */
    List<UnreadableKind> unreadable() {
        return unreadable.kinds();
    }

    /** Compares the readings. Of several of one second only one has a row. */
    Outcome cgmReadings(LongConsumer done) {
        CgmReadingTable table = new CgmReadingTable(database);
        Findings.Collector wrong = new Findings.Collector(limit);
        Findings.Collector missing = new Findings.Collector(limit);
        CollidingReadings colliding = new CollidingReadings(database);
        EventTable.Extent extent = new EventTable(database).extent();
        for (long after = extent.firstId() - 1; after < extent.lastId(); after += EVENTS_AT_ONCE) {
            long last = Math.min(extent.lastId(), after + EVENTS_AT_ONCE);
            List<CgmReading> without = new ArrayList<>();
            for (StoredPair pair : table.between(SENSOR_CODES, after, last)) {
                unreadable.looked(pair.event(), GlucoseReadings.isReadable(pair.event()));
                Optional<CgmReading> expected = glucoseReadings.of(pair.event());
                if (pair.stored() == null) {
                    expected.ifPresent(without::add);
                    missing.looked(expected.isPresent() ? 1 : 0);
                } else {
                    wrong.looked(1);
                    if (!pair.stored().equals(expected.orElse(null))) {
                        wrong.found("the reading of event " + pair.event().eventsId()
                                + (expected.isPresent()
                                        ? " is not what the event says"
                                        : " is of an event without one"));
                    }
                }
            }
            Set<Key> stored = without.isEmpty() ? Set.of() : new HashSet<>(table.stored(without));
            colliding.add(without.stream()
                    .filter(reading -> reading.timestamp() != null && stored.contains(reading.key()))
                    .toList());
            without.stream()
                    .filter(reading -> reading.timestamp() == null || !stored.contains(reading.key()))
                    .forEach(reading -> missing.found(withoutRow(reading.eventsId())));
            done.accept(last - extent.firstId() + 1);
        }
        for (long id : table.ofOtherEvents(SENSOR_CODES)) {
            wrong.looked(1);
            wrong.found("cgm_readings " + id + " is of an event that carries no reading");
        }
        Findings conflicts = colliding.conflicts(limit, eventsId -> missing.found(withoutRow(eventsId)));
        return new Outcome(wrong.findings(), missing.findings(), conflicts);
    }

    private static String withoutRow(long eventsId) {
        return "event " + eventsId + " has no row in cgm_readings";
    }

    Outcome basalDeliveries(LongConsumer done) {
        BasalDeliveryTable table = new BasalDeliveryTable(database);
        Findings.Collector wrong = new Findings.Collector(limit);
        Findings.Collector missing = new Findings.Collector(limit);
        EventTable.Extent extent = new EventTable(database).extent();
        wrong.looked(table.count());
        for (long after = extent.firstId() - 1; after < extent.lastId(); after += EVENTS_AT_ONCE) {
            long last = Math.min(extent.lastId(), after + EVENTS_AT_ONCE);
            unreadable.found(table.unreadable(BasalDeliveryTable.EVENT_CODE, after, last));
            for (Difference difference : table.compare(BasalDeliveryTable.EVENT_CODE, after, last)) {
                switch (difference.fault()) {
                    case MISSING -> missing.found("event " + difference.eventsId() + " has no row in basal_deliveries");
                    case UNFOUNDED ->
                        wrong.found(
                                "the basal delivery of event " + difference.eventsId() + " is of an event without one");
                    case OTHER ->
                        wrong.found(
                                "the basal delivery of event " + difference.eventsId() + " is not what the event says");
                }
            }
            done.accept(last - extent.firstId() + 1);
        }
        return new Outcome(wrong.findings(), missing.findings(), Findings.NONE);
    }
}
