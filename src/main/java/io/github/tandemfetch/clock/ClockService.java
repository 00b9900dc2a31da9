package io.github.tandemfetch.clock;

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

    public ClockService(DatabaseOpener databases) {
        this.databases = databases;
    }

    /**
     * Reads the timelines of a database.
     *
     * @param pumpSerial the only pump to tell of; empty for all
     * @return the pumps' timelines
     * @throws io.github.tandemfetch.failure.DatabaseException where nothing is stored of that pump
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
    private static List<ClockReport.Stretch> stretches(List<ClockSegment> segments) {
        List<ClockReport.Stretch> stretches = new ArrayList<>();
        ClockSegment passed = null;
        for (int i = 0; i < segments.size(); i++) {
            ClockSegment segment = segments.get(i);
            boolean moment =
                    i + 1 < segments.size() && i > 0 && segment.wallStart().equals(segment.wallEnd());
            if (moment && isDate(segment) && passed == null) {
                passed = segment;
                continue;
            }
            stretches.add(stretch(segment, passed));
            passed = null;
        }
        return stretches;
    }

    private static boolean isDate(ClockSegment segment) {
        return segment.shiftMillis() != null && segment.shiftMillis() % 86_400_000 == 0;
    }

    private static ClockReport.Stretch stretch(ClockSegment segment, ClockSegment passed) {
        Long moved = segment.shiftMillis();
        ClockCause cause = segment.cause();
        if (passed != null && moved != null) {
            moved += passed.shiftMillis();
            cause = passed.cause() == ClockCause.SET_AFTER_LOSS ? passed.cause() : cause;
        }
        return new ClockReport.Stretch(
                segment.utcStart(),
                segment.utcEnd(),
                segment.wallStart(),
                segment.wallEnd(),
                segment.group(),
                passed == null ? segment.firstNumber() : passed.firstNumber(),
                seconds(segment.offsetMillis()),
                segment.driftRate() * SECONDS_A_DAY,
                segment.basis().label(),
                cause.label(),
                seconds(moved),
                seconds(segment.alternativeOffsetMillis()));
    }

    private static Double seconds(Long millis) {
        return millis == null ? null : (Double) (millis / 1000.0);
    }
}
