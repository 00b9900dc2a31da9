package io.github.tandemfetch.domain;

import io.github.tandemfetch.clock.ClockTimeline;
import io.github.tandemfetch.clock.PumpClocks;
import io.github.tandemfetch.clock.Retiming.Stretch;
import io.github.tandemfetch.domain.CgmReadingTable.CgmReading;
import io.github.tandemfetch.domain.CgmReadingTable.Key;
import io.github.tandemfetch.domain.CgmReadingTable.StoredPair;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.history.EventTable;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** The rows of {@link CgmReadings}. */
final class GlucoseRows implements TableRows {
    private static final long EVENTS_AT_ONCE = 40_000;

    private final Database database;
    private final CgmReadings table;
    private final GlucoseRetiming retiming;

    GlucoseRows(Database database, CgmReadings table) {
        this.database = database;
        this.table = table;
        this.retiming = new GlucoseRetiming(database);
    }

    @Override
    public Extraction extract(PumpClocks clocks, boolean all) {
        return new GlucoseExtraction(database, table, clocks);
    }

    /** Of several readings of one second only one has a row. */
    @Override
    public TableComparison compare(PumpClocks clocks, int limit, LongConsumer done) {
        GlucoseReadings readings = new GlucoseReadings(clocks);
        CgmReadingTable stored = new CgmReadingTable(database);
        Findings.Collector wrong = new Findings.Collector(limit);
        Findings.Collector missing = new Findings.Collector(limit);
        UnreadableEvents unreadable = new UnreadableEvents();
        CollidingReadings colliding = new CollidingReadings(database);
        EventTable.Extent extent = new EventTable(database).extent();
        for (long after = extent.firstId() - 1; after < extent.lastId(); after += EVENTS_AT_ONCE) {
            long last = Math.min(extent.lastId(), after + EVENTS_AT_ONCE);
            List<CgmReading> without = new ArrayList<>();
            for (StoredPair pair : stored.between(table.eventCodes(), after, last)) {
                unreadable.looked(pair.event(), GlucoseReadings.isReadable(pair.event()));
                Optional<CgmReading> expected = readings.of(pair.event());
                if (pair.stored() == null) {
                    expected.ifPresent(without::add);
                    missing.looked(expected.isPresent() ? 1 : 0);
                } else {
                    wrong.looked(1);
                    if (!pair.stored().equals(expected.orElse(null))) {
                        wrong.found("the " + table.rowName() + " of event "
                                + pair.event().eventsId()
                                + (expected.isPresent()
                                        ? " is not what the event says"
                                        : " is of an event without one"));
                    }
                }
            }
            Set<Key> known = without.isEmpty() ? Set.of() : new HashSet<>(stored.stored(without));
            colliding.add(without.stream()
                    .filter(reading -> reading.timestamp() != null && known.contains(reading.key()))
                    .toList());
            without.stream()
                    .filter(reading -> reading.timestamp() == null || !known.contains(reading.key()))
                    .forEach(reading -> missing.found(withoutRow(reading.eventsId())));
            done.accept(last - extent.firstId() + 1);
        }
        for (long id : stored.ofOtherEvents(table.eventCodes())) {
            wrong.looked(1);
            wrong.found(table.name() + " " + id + " is of an event that carries no reading");
        }
        Findings conflicts = colliding.conflicts(limit, eventsId -> missing.found(withoutRow(eventsId)));
        return new TableComparison(wrong.findings(), missing.findings(), conflicts, unreadable.kinds());
    }

    private String withoutRow(long eventsId) {
        return "event " + eventsId + " has no row in " + table.name();
    }

    @Override
    public void retime(Stretch stretch, ClockTimeline timeline, boolean eventsMoved) {
        retiming.move(stretch, timeline, eventsMoved);
    }

    @Override
    public void finishRetiming(String pumpSerial) {
        retiming.finish(pumpSerial);
    }
}
