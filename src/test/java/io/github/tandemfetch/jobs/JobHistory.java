package io.github.tandemfetch.jobs;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;

/** A database with many raw events: their export takes a while. */
final class JobHistory {
    private JobHistory() {}

    static void write(Path file, int rows) {
        try (Database database = new DatabaseOpener().openForWriting(file)) {
            add(database, 0, rows);
        }
    }

    static void add(Database database, int first, int rows) {
        database.execute("INSERT INTO raw_events SELECT range, 'p', make_timestamptz(1767225600000000"
                + " + range * 300000000), '{\"a\":\"' || repeat(md5(range::VARCHAR), 10) || '\"}', 0, range, 399,"
                + " NULL, 'x', now() FROM range(" + first + ", " + (first + rows) + ")");
    }
}
