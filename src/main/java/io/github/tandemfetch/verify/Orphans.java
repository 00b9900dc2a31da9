package io.github.tandemfetch.verify;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import java.util.List;

/** Looks for rows whose origin is gone. */
public final class Orphans {
    private static final List<Link> LINKS = List.of(
            new Link("events", "raw_events_id", "raw_events"),
            new Link("cgm_readings", "events_id", "events"),
            new Link("basal_deliveries", "events_id", "events"));

    private final Database database;

    /**
     * Looks at an open database.
     *
     * @param database the open database
     */
    public Orphans(Database database) {
        this.database = database;
    }

    private record Link(String table, String column, String origin) {}

    /**
     * Looks for rows of derived tables that refer to nothing.
     *
     * @param limit how many examples to keep
     * @return how many there are
     * @throws DatabaseException where the engine fails
     */
    public Findings check(int limit) {
        Findings.Collector findings = new Findings.Collector(limit);
        for (Link link : LINKS) {
            findings.looked(database.first("SELECT count(*) FROM " + link.table(), row -> row.getLong(1))
                    .orElse(0L));
            database.forEach(
                    "SELECT id, " + link.column() + " FROM " + link.table() + " ANTI JOIN (SELECT id AS "
                            + link.column() + " FROM " + link.origin() + ") USING (" + link.column() + ") ORDER BY id",
                    row -> findings.found("%s %d comes from %s %d, which is not there"
                            .formatted(link.table(), row.getLong(1), link.origin(), row.getLong(2))));
        }
        return findings.findings();
    }
}
