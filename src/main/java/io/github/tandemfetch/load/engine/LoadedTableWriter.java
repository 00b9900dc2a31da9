package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.LoadMemory;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Makes, extends, replaces and drops loaded tables, each with its line in {@code _metadata}: whole or not at all. */
final class LoadedTableWriter {
    private final Database database;
    private final MetadataTable metadata;
    private final EngineCatalog catalog;
    private final boolean memoryIsBounded;

    LoadedTableWriter(Database database, MetadataTable metadata, EngineCatalog catalog, boolean memoryIsBounded) {
        this.database = database;
        this.metadata = metadata;
        this.catalog = catalog;
        this.memoryIsBounded = memoryIsBounded;
    }

    long create(Load<?> load) {
        return database.transaction(connection -> {
            if (catalog.hasTable(load.table().text())) {
                throw new TableExistsException(load.table().text());
            }
            return make(load);
        });
    }

    long replace(Load<?> load) {
        TableName table = load.table();
        return database.transaction(connection -> {
            if (catalog.hasTable(table.text())) {
                if (metadata.of(table.text()).isEmpty()) {
                    throw TableExistsException.notLoaded(table.text());
                }
                database.execute("DROP TABLE " + table.quoted());
            }
            return make(load);
        });
    }

    long append(Load<?> load) {
        MetadataTable.Line line = catalog.loaded(load.table().text());
        Load<?> appended = load.into(new TableName(line.name()));
        if (!catalog.hasTable(line.name())) {
            throw catalog.notFound(line.name());
        }
        if (line.metadata().type() != load.facts().type()) {
            throw new InvalidMetadataException(
                    "The table '" + line.name() + "' holds "
                            + line.metadata().type().text() + ", not "
                            + load.facts().type().text() + ".",
                    "Append to a table of the same type, or make a new one.");
        }
        return database.transaction(connection -> {
            TableLoader<?> storing = storing(appended);
            storing.keepStoredRows();
            long inserted = storing.store();
            note(appended, widened(line.metadata(), withDays(appended)));
            return inserted;
        });
    }

    void drop(String name) {
        TableName table = new TableName(catalog.loaded(name).name());
        database.transaction(connection -> {
            database.execute("DROP TABLE IF EXISTS " + table.quoted());
            metadata.remove(table.text());
            return null;
        });
    }

    private long make(Load<?> load) {
        metadata.create();
        metadata.remove(load.table().text());
        database.execute(
                "CREATE TABLE " + load.table().quoted() + " (" + load.rows().columns() + ")");
        long inserted = storing(load).store();
        note(load, withDays(load));
        return inserted;
    }

    private <R> TableLoader<R> storing(Load<R> load) {
        return new TableLoader<>(
                database, load, memoryIsBounded ? Optional.of(new LoadMemory(database)) : Optional.empty());
    }

    private void note(Load<?> load, TableMetadata facts) {
        long rows = database.first("SELECT count(*) FROM " + load.table().quoted(), row -> row.getLong(1))
                .orElseThrow();
        metadata.put(new MetadataTable.Line(load.table().text(), facts, rows));
    }

    /** Where nobody said for which days the events were fetched, those of the events stand in. */
    private TableMetadata withDays(Load<?> load) {
        TableMetadata facts = load.facts();
        if (facts.type() == TableType.PROFILES || (facts.fromDate() != null && facts.toDate() != null)) {
            return facts;
        }
        return database.first(
                        "SELECT min(event_time)::DATE, max(event_time)::DATE FROM "
                                + load.table().quoted(),
                        row -> facts.withDays(
                                facts.fromDate() == null ? row.getObject(1, LocalDate.class) : facts.fromDate(),
                                facts.toDate() == null ? row.getObject(2, LocalDate.class) : facts.toDate()))
                .orElseThrow();
    }

    private static TableMetadata widened(TableMetadata before, TableMetadata added) {
        return new TableMetadata(
                before.type(),
                either(before.fetchedAt(), added.fetchedAt(), (a, b) -> a.isAfter(b) ? a : b),
                either(before.fromDate(), added.fromDate(), (a, b) -> a.isBefore(b) ? a : b),
                either(before.toDate(), added.toDate(), (a, b) -> a.isAfter(b) ? a : b),
                added.filterEvents(),
                added.filterWhere());
    }

    private static <T> T either(T before, T added, BinaryOperator<T> choice) {
        if (before == null) {
            return added;
        }
        return added == null ? before : choice.apply(before, added);
    }
}
