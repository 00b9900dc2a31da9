package io.github.tandemfetch.verify;

import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import java.util.ArrayList;
import java.util.List;

/** Looks for rows whose origin is gone. */
public final class Orphans {
    private final Database database;
    private final List<DomainTable> tables;

    /**
     * Looks at an open database.
     *
     * @param tables the domain tables
     */
    public Orphans(Database database, List<DomainTable> tables) {
        this.database = database;
        this.tables = tables;
    }

    private record Link(String table, String column, String origin) {}

    /**
     * Looks for rows of derived tables that refer to nothing.
     *
     * @param limit how many examples to keep
     * @return how many there are
     */
    public Findings check(int limit) {
        Findings.Collector findings = new Findings.Collector(limit);
        List<Link> links = new ArrayList<>();
        links.add(new Link("events", "raw_events_id", "raw_events"));
        tables.forEach(table -> links.add(new Link(table.name(), "events_id", "events")));
        for (Link link : links) {
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
