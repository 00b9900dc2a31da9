package io.github.tandemfetch.history;

import io.github.tandemfetch.store.Database;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The account that a database belongs to; histories of two people must not mix. */
public final class AccountTable {
    private final Database database;

    public AccountTable(Database database) {
        this.database = database;
    }

    /**
     * The person whose data the database holds.
     *
     * @return the service's id of the person; empty before the first sync
     */
    public Optional<String> pumperId() {
        return database.first("SELECT pumper_id FROM account", row -> row.getString(1));
    }

    /**
     * Records whose data the database holds.
     *
     * @param pumperId the service's id of the person
     * @param since when the first sync began
     */
    public void record(String pumperId, Instant since) {
        database.update("INSERT INTO account VALUES (?, ?)", pumperId, since.atOffset(ZoneOffset.UTC));
    }
}
