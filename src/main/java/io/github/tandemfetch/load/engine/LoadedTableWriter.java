package io.github.tandemfetch.load.engine;

import io.github.tandemfetch.store.Database;
import io.github.tandemfetch.store.LoadMemory;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Creates, extends, replaces and drops loaded tables, each with its row in {@code _metadata}, in one transaction. */
final class LoadedTableWriter {
    private final Database database;
    private final MetadataTable metadataTable;
    private final EngineCatalog catalog;
    private final boolean boundedMemory;

    LoadedTableWriter(Database database, MetadataTable metadataTable, EngineCatalog catalog, boolean boundedMemory) {
        this.database = database;
        this.metadataTable = metadataTable;
        this.catalog = catalog;
        this.boundedMemory = boundedMemory;
    }

    long create(Load<?> load) {
        return database.transaction(connection -> {
            if (catalog.hasTable(load.table().text())) {
                throw EngineErrors.tableExists(load.table().text());
            }
            return createTable(load);
        });
    }

    long replace(Load<?> load) {
        TableName table = load.table();
        return database.transaction(connection -> {
            if (catalog.hasTable(table.text())) {
                if (metadataTable.of(table.text()).isEmpty()) {
                    throw EngineErrors.otherTableExists(table.text());
                }
                database.execute("DROP TABLE " + table.quoted());
            }
            return createTable(load);
        });
    }

    long append(Load<?> load) {
        TableInfo stored = catalog.loaded(load.table().text());
        Load<?> appended = load.into(new TableName(stored.name()));
        if (!catalog.hasTable(stored.name())) {
            throw catalog.notFound(stored.name());
        }
        if (stored.metadata().type() != load.metadata().type()) {
            throw EngineErrors.invalidMetadata(
                    "The table '" + stored.name() + "' holds "
                            + stored.metadata().type().text() + ", not "
                            + load.metadata().type().text() + ".",
                    "Append to a table of the same type, or create a new one.");
        }
        return database.transaction(connection -> {
            TableLoader<?> loader = loader(appended);
            loader.addStoredKeys();
            long inserted = loader.store();
            updateMetadata(appended, merged(stored.metadata(), withDays(appended)));
            return inserted;
        });
    }

    void drop(String name) {
        TableName table = new TableName(catalog.loaded(name).name());
        database.transaction(connection -> {
            database.execute("DROP TABLE IF EXISTS " + table.quoted());
            metadataTable.remove(table.text());
            return null;
        });
    }

    private long createTable(Load<?> load) {
        metadataTable.create();
        metadataTable.remove(load.table().text());
        database.execute(
                "CREATE TABLE " + load.table().quoted() + " (" + load.rows().columns() + ")");
        long inserted = loader(load).store();
        updateMetadata(load, withDays(load));
        return inserted;
    }

    private <R> TableLoader<R> loader(Load<R> load) {
        return new TableLoader<>(
                database, load, boundedMemory ? Optional.of(new LoadMemory(database)) : Optional.empty());
    }

    private void updateMetadata(Load<?> load, TableMetadata metadata) {
        long rows = database.first("SELECT count(*) FROM " + load.table().quoted(), row -> row.getLong(1))
                .orElseThrow();
        metadataTable.put(new TableInfo(load.table().text(), metadata, rows));
    }

    /** Missing dates default to the first and last day of the events. */
    private TableMetadata withDays(Load<?> load) {
        TableMetadata metadata = load.metadata();
        if (metadata.type() == TableType.PROFILES || (metadata.fromDate() != null && metadata.toDate() != null)) {
            return metadata;
        }
        return database.first(
                        "SELECT min(event_time)::DATE, max(event_time)::DATE FROM "
                                + load.table().quoted(),
                        row -> metadata.withDays(
                                metadata.fromDate() == null ? row.getObject(1, LocalDate.class) : metadata.fromDate(),
                                metadata.toDate() == null ? row.getObject(2, LocalDate.class) : metadata.toDate()))
                .orElseThrow();
    }

    private static TableMetadata merged(TableMetadata before, TableMetadata added) {
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
