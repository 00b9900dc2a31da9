package io.github.tandemfetch.domain;

import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;

/** Compares stored rows with expected ones, both given as SQL with all columns of a table but {@code id}. */
final class Differences {
    private static final String FIND = """
            SELECT coalesce(expected.events_id, stored.events_id),
                   CASE WHEN stored.events_id IS NULL THEN 'MISSING'
                        WHEN expected.events_id IS NULL THEN 'UNFOUNDED'
                        ELSE 'OTHER' END
            FROM ({expected}) expected FULL JOIN ({stored}) stored USING (events_id)
            WHERE expected.events_id IS NULL OR stored.events_id IS NULL
               OR ({expected columns}) IS DISTINCT FROM ({stored columns})
            ORDER BY 1
            """;

    private final DomainTable table;
    private final Findings.Collector wrong;
    private final Findings.Collector missing;

    Differences(DomainTable table, int limit) {
        this.table = table;
        this.wrong = new Findings.Collector(limit);
        this.missing = new Findings.Collector(limit);
    }

    /** Notes how many rows are stored. */
    void looked(long rows) {
        wrong.looked(rows);
    }

    void find(Database database, String expected, String stored) {
        String sql = FIND.replace("{expected columns}", table.valueColumns("expected."))
                .replace("{stored columns}", table.valueColumns("stored."))
                .replace("{expected}", expected)
                .replace("{stored}", stored);
        database.forEach(sql, row -> {
            String event = "event " + row.getLong(1);
            switch (row.getString(2)) {
                case "MISSING" -> missing.found(event + " has no row in " + table.name());
                case "UNFOUNDED" ->
                    wrong.found("the " + table.rowName() + " of " + event + " is of an event without one");
                default -> wrong.found("the " + table.rowName() + " of " + event + " is not what the event says");
            }
        });
    }

    TableComparison comparison(UnreadableEvents unreadable) {
        return new TableComparison(wrong.findings(), missing.findings(), Findings.NONE, unreadable.kinds());
    }
}
