package io.github.tandemfetch.verify;

import io.github.tandemfetch.domain.DomainSchema;
import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.DatabaseOpener;
import io.github.tandemfetch.store.Migrations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the definitions of tandem's own tables with those that a new database gets. */
public final class SchemaComparison {
    private static final String DEFINITIONS = """
            SELECT table_name, sql FROM duckdb_tables()
            WHERE database_name = current_database() AND schema_name = 'main'
            """;

    private final Database database;
    private final DatabaseOpener databases;
    private final List<DomainTable> tables;

    /**
     * Looks at an open database.
     *
     * @param databases makes a new database in memory to compare with
     * @param tables the domain tables
     */
    public SchemaComparison(Database database, DatabaseOpener databases, List<DomainTable> tables) {
        this.tables = tables;
        this.database = database;
        this.databases = databases;
    }

    /**
     * Whether a command that writes has yet to bring the schema up to date.
     *
     * @return true for a database of an older tandem
     */
    public boolean isOutdated() {
        return new Migrations().isOutdated(database) || !new DomainSchema(database, tables).isCurrent();
    }

    /**
     * Looks for tables, columns and constraints that are not as they should be.
     *
     * @param limit how many examples to keep
     * @return how many tables are missing or others
     */
    public Findings check(int limit) {
        Map<String, String> expected;
        try (Database fresh = databases.openInMemory()) {
            new Migrations().migrate(fresh);
            new DomainSchema(fresh, tables).bringUpToDate();
            expected = definitions(fresh);
        }
        Map<String, String> actual = definitions(database);
        Findings.Collector findings = new Findings.Collector(limit);
        expected.forEach((table, definition) -> {
            findings.looked(1);
            if (!actual.containsKey(table)) {
                findings.found("the table " + table + " is missing");
            } else if (!actual.get(table).equals(definition)) {
                findings.found("the columns or constraints of " + table + " are not those that tandem made");
            }
        });
        return findings.findings();
    }

    private static Map<String, String> definitions(Database database) {
        Map<String, String> definitions = new TreeMap<>();
        database.forEach(DEFINITIONS, row -> definitions.put(row.getString(1), row.getString(2)));
        return definitions;
    }
}
