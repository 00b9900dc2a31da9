package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TableCatalog;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.failure.NearestName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The tables to export, each once, in the order in which they were named.
 *
 * @param tables at least one
 */
public record TableSelection(List<TimedTable> tables) {
    /**
     * Drops repeated tables; none means all.
     *
     * @param tables the tables that were named
     */
    public TableSelection {
        tables = tables.isEmpty() ? List.copyOf(PumpTable.all()) : List.copyOf(new LinkedHashSet<>(tables));
    }

    /**
     * Every table of pump data.
     *
     * @return all tables
     */
    public static TableSelection all() {
        return new TableSelection(List.of());
    }

    /**
     * The tables of some names.
     *
     * @param names the names; none means all tables, a repeated one counts once
     * @return the selection
     * @throws ExportArgumentException where a name is not that of a table of pump data
     */
    public static TableSelection named(Collection<String> names) {
        Set<TimedTable> tables = new LinkedHashSet<>();
        for (String name : names) {
            tables.add(PumpTable.named(name).orElseThrow(() -> unknown(name)));
        }
        return new TableSelection(List.copyOf(tables));
    }

    /**
     * Makes sure that every selected table is in a database.
     *
     * @param catalog what is in the database
     * @param database the database's file, for the message
     * @throws ExportException with exit code 2 where one is not there yet
     */
    public void requireIn(TableCatalog catalog, Path database) {
        for (TimedTable table : tables) {
            if (!catalog.exists(table)) {
                throw ExportException.tableMissing(table.tableName(), database);
            }
        }
    }

    private static ExportArgumentException unknown(String name) {
        return new ExportArgumentException(
                "UNKNOWN_TABLE", "There is no table '" + name + "'.", NearestName.advice(name, PumpTable.names()));
    }
}
