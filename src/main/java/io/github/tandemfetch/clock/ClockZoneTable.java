package io.github.tandemfetch.clock;

import io.github.tandemfetch.store.Database;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time zone that the database's UTC times were derived with. It is kept so that two runs with different settings
 * cannot mix two readings of the pump's clock in one table.
 */
public final class ClockZoneTable {
    private final Database database;

    public ClockZoneTable(Database database) {
        this.database = database;
    }

    /**
     * The zone in use.
     *
     * @return empty before the first event
     */
    public Optional<ZoneId> current() {
        return database.first("SELECT timezone FROM clock_zone", row -> ZoneId.of(row.getString(1)));
    }

    /**
     * Notes the zone in use.
     *
     * @param zone an IANA time zone
     * @param since from when on it is used
     */
    public void set(ZoneId zone, Instant since) {
        database.transaction(connection -> {
            database.execute("DELETE FROM clock_zone");
            database.update("INSERT INTO clock_zone VALUES (?, ?)", zone.getId(), since.atOffset(ZoneOffset.UTC));
            return null;
        });
    }
}
