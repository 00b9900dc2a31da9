package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.ClockTimelineTable.Entry;
import io.github.tandemfetch.history.StoredPumps;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells how the pumps' clocks were set, without changing anything. */
@Singleton
public class ClockService {
    private static final double SECONDS_A_DAY = 86_400;

    private final DatabaseOpener databases;

    /**
     * Creates the service.
     *
     * @param databases opens the database
     */
    public ClockService(DatabaseOpener databases) {
        this.databases = databases;
    }

    /**
     * Reads the timelines of a database.
     *
     * @param file the database file
     * @param pumpSerial the only pump to tell of; empty for all
     * @return the pumps' timelines
     * @throws io.github.tandemfetch.history.UnknownPumpException where nothing is stored of that pump
     * @throws io.github.tandemfetch.failure.DatabaseException where there is no database, or it cannot be read
     */
    public ClockReport of(Path file, Optional<String> pumpSerial) {
        try (Database database = databases.openForReading(file)) {
            pumpSerial.ifPresent(new StoredPumps(database)::require);
            return of(database, pumpSerial);
        }
    }

    public static ClockReport of(Database database, Optional<String> pumpSerial) {
        String timezone =
                new ClockZoneTable(database).current().map(ZoneId::getId).orElse(null);
        ClockTimelineTable table = new ClockTimelineTable(database);
        if (!table.exists()) {
            return new ClockReport(timezone, List.of());
        }
        List<ClockReport.PumpTimeline> pumps = table.pumps().stream()
                .filter(pump -> pumpSerial.map(pump::equals).orElse(true))
                .map(pump -> new ClockReport.PumpTimeline(pump, stretches(table.of(pump))))
                .toList();
        return new ClockReport(timezone, pumps);
    }

    /** A change of date and time is two events in one moment, and is told as one. */
    private static List<ClockReport.Stretch> stretches(List<Entry> entries) {
        List<ClockReport.Stretch> stretches = new ArrayList<>();
        Entry passed = null;
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean moment = i + 1 < entries.size() && i > 0 && entry.pumpFrom().equals(entry.pumpTo());
            if (moment && isDate(entry) && passed == null) {
                passed = entry;
                continue;
            }
            stretches.add(stretch(entry, passed));
            passed = null;
        }
        return stretches;
    }

    private static boolean isDate(Entry entry) {
        return entry.shiftMillis() != null && entry.shiftMillis() % 86_400_000 == 0;
    }

    private static ClockReport.Stretch stretch(Entry entry, Entry passed) {
        Long moved = entry.shiftMillis();
        String cause = entry.cause();
        if (passed != null && moved != null) {
            moved += passed.shiftMillis();
            cause = passed.cause().equals(ClockCause.SET_AFTER_LOSS.label()) ? passed.cause() : cause;
        }
        return new ClockReport.Stretch(
                entry.utcFrom(),
                entry.utcTo(),
                entry.pumpFrom(),
                entry.pumpTo(),
                entry.sequenceGroup(),
                passed == null ? entry.firstSequenceNumber() : passed.firstSequenceNumber(),
                seconds(entry.offsetMillis()),
                entry.driftRate() * SECONDS_A_DAY,
                entry.timeBasis(),
                cause,
                seconds(moved),
                seconds(entry.alternativeOffsetMillis()));
    }

    private static Double seconds(Long millis) {
        return millis == null ? null : (Double) (millis / 1000.0);
    }
}
