package io.github.tandemfetch.history;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.NearestName;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pumps whose events are in an open database. */
public final class StoredPumps {
    private final Database database;

    /** Looks at one database. */
    public StoredPumps(Database database) {
        this.database = database;
    }

    /**
     * The serial numbers.
     *
     * @return in order; empty where nothing has been fetched
     */
    public List<String> serials() {
        List<String> serials = new ArrayList<>();
        if (database.hasTable("raw_events")) {
            database.forEach(
                    "SELECT DISTINCT pump_serial FROM raw_events ORDER BY pump_serial",
                    row -> serials.add(row.getString(1)));
        }
        return serials;
    }

    /**
     * Makes sure that there are events of a pump.
     *
     * @param serial the pump's serial number
     * @throws DatabaseException where there are none
     */
    public void require(String serial) {
        List<String> known = serials();
        if (!known.contains(serial)) {
            throw new DatabaseException(
                    "UNKNOWN_PUMP",
                    "The database has no pump '" + serial + "'.",
                    known.isEmpty() ? "It has no pump yet: run 'tandem sync'." : advice(serial, known),
                    ExitStatus.INVALID_USAGE,
                    null,
                    Map.of("pump_serial", serial));
        }
    }

    private static String advice(String serial, List<String> known) {
        return NearestName.of(serial, known)
                        .map(near -> "Did you mean '" + near + "'? ")
                        .orElse("") + "Pumps in the database: " + String.join(", ", known)
                + ". Change --pump or TANDEM_PUMP_SERIAL.";
    }
}
