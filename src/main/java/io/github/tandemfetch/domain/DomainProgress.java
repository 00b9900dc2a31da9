package io.github.tandemfetch.domain;

import io.github.tandemfetch.store.Database;

/** Up to which event each domain table has been extracted, for tables in which not every event has a row. */
final class DomainProgress {
    private final Database database;

    DomainProgress(Database database) {
        this.database = database;
    }

    /** The greatest id of an event that was looked at; 0 where none was. */
    long of(DomainTable table) {
        return database.first(
                        "SELECT events_id FROM domain_progress WHERE table_name = ?",
                        row -> row.getLong(1),
                        table.name())
                .orElse(0L);
    }

    /** Notes it, within the transaction that stores the rows. */
    void lookedAt(DomainTable table, long eventsId) {
        database.update(
                "INSERT INTO domain_progress VALUES (?, ?) ON CONFLICT DO UPDATE SET events_id = excluded.events_id",
                table.name(),
                eventsId);
    }

    /** Forgets all, within the transaction that drops the rows. */
    void clear() {
        database.execute("DELETE FROM domain_progress");
    }

    void clear(DomainTable table) {
        database.update("DELETE FROM domain_progress WHERE table_name = ?", table.name());
    }
}
