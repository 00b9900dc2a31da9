package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.List;

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
     * @throws UnknownPumpException where there are none
     */
    public void require(String serial) {
        List<String> known = serials();
        if (!known.contains(serial)) {
            throw new UnknownPumpException(serial, known);
        }
    }
}
