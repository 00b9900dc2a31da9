package io.github.tandemfetch.verify;

import io.github.tandemfetch.domain.DomainTable;
import io.github.tandemfetch.failure.Findings;
import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.Identifier;
import java.util.List;
import java.util.stream.Collectors;

/** Looks for rows that are there twice. The engine's own constraints are not trusted. */
public final class UniqueKeys {
    // So many keys at once need about 100 MB.
    private static final long ROWS_AT_ONCE = 1_000_000;

    private static final List<Key> KEYS = List.of(
            new Key("raw_events", List.of("pump_serial", "sequence_group", "sequence_number")),
            new Key("raw_events", List.of("id")),
            new Key("events", List.of("raw_events_id")),
            new Key("events", List.of("id")));

    private final Database database;
    private final List<DomainTable> tables;

    /**
     * Looks at an open database.
     *
     * @param tables the domain tables
     */
    public UniqueKeys(Database database, List<DomainTable> tables) {
        this.database = database;
        this.tables = tables;
    }

    private record Key(String table, List<String> columns) {
        String columnList() {
            return columns.stream().map(Identifier::quoted).collect(Collectors.joining(", "));
        }

        String withoutNulls() {
            return columns.stream()
                    .map(column -> Identifier.quoted(column) + " IS NOT NULL")
                    .collect(Collectors.joining(" AND "));
        }
    }

    /**
     * Looks for rows of the same key in the tables of pump data.
     *
     * @param limit how many examples to keep
     * @return how many rows are too many
     */
    public Findings check(int limit) {
        Findings.Collector findings = new Findings.Collector(limit);
        KEYS.forEach(key -> check(key, findings));
        for (DomainTable table : tables) {
            check(new Key(table.name(), List.of("events_id")), findings);
            check(new Key(table.name(), List.of("id")), findings);
            table.keys().forEach(columns -> check(new Key(table.name(), columns), findings));
        }
        return findings.findings();
    }

    private void check(Key key, Findings.Collector findings) {
        long rows = database.first("SELECT count(*) FROM " + key.table(), row -> row.getLong(1))
                .orElse(0L);
        findings.looked(rows);
        long parts = 1 + rows / ROWS_AT_ONCE;
        for (long part = 0; part < parts; part++) {
            String share = parts == 1 ? "" : " AND hash(" + key.columnList() + ") % " + parts + " = " + part;
            database.forEach(
                    "SELECT concat_ws(' ', " + key.columnList() + "), count(*) FROM " + key.table() + " WHERE "
                            + key.withoutNulls() + share + " GROUP BY " + key.columnList()
                            + " HAVING count(*) > 1 ORDER BY 1",
                    row -> findings.found(
                            row.getLong(2) - 1,
                            "%s: %d rows with the same %s (%s)"
                                    .formatted(
                                            key.table(),
                                            row.getLong(2),
                                            String.join(", ", key.columns()),
                                            row.getString(1))));
        }
    }
}
