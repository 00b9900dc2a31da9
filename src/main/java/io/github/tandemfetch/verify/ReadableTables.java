package io.github.tandemfetch.verify;

import io.github.tandemfetch.failure.DatabaseException;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import java.util.ArrayList;
import java.util.List;

/** Reads every value of every table once; the engine then finds blocks that are not as it wrote them. */
public final class ReadableTables {
    private final Database database;

    public ReadableTables(Database database) {
        this.database = database;
    }

    /**
     * Reads everything.
     *
     * @param limit how many examples to keep
     * @return how many tables cannot be read
     * @throws DatabaseException where not even the list of tables can be read
     */
    public Findings check(int limit) {
        List<String> tables = new ArrayList<>();
        database.forEach("""
                SELECT table_name FROM duckdb_tables()
                WHERE database_name = current_database() AND schema_name = 'main' ORDER BY table_name
                """, row -> tables.add(row.getString(1)));
        Findings.Collector findings = new Findings.Collector(limit);
        for (String table : tables) {
            try {
                findings.looked(database.first(
                                "SELECT count(*), bit_xor(hash(stored)) FROM " + Identifier.quoted(table) + " stored",
                                row -> row.getLong(1))
                        .orElse(0L));
            } catch (DatabaseException e) {
                findings.found(table + ": " + e.getMessage());
            }
        }
        return findings.findings();
    }
}
