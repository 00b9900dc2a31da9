package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;

/** A database with as many rows as wanted in each of the four tables, five minutes apart from 2026-01-01 on. */
final class SampleHistory {
    private SampleHistory() {}

    static void write(Path file, int rows) {
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            database.execute("INSERT INTO raw_events SELECT range, 'p', make_timestamptz(1767225600000000"
                    + " + range * 300000000), '{\"a\":\"' || repeat(md5(range::VARCHAR), 10) || '\"}', 0, range, 399,"
                    + " NULL, 'x', now() FROM range(" + rows + ")");
            database.execute("INSERT INTO events SELECT id, id, now(), event_timestamp, 399, 'E', raw_event_data,"
                    + " 'p', NULL, 'zone_rule', 0, id FROM raw_events");
            database.execute("INSERT INTO cgm_readings SELECT id, id, timestamp, 100 + id % 100, 'normal', NULL, 0.5,"
                    + " false, 'G7', 'p', NULL, 'zone_rule' FROM events");
            database.execute("INSERT INTO basal_deliveries SELECT id, id, timestamp, 850, NULL, NULL, 850, 'profile',"
                    + " 'p', NULL, 'zone_rule' FROM events");
        }
    }
}
