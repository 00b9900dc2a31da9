package io.github.tandemfetch.export;

import io.github.tandemfetch.store.PumpTable;
import io.github.tandemfetch.store.TableCatalog;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The export of one table, ready to be executed. The queries hold no text of a person's: names come from the
 * database's catalogue and are quoted, days are numbers.
 *
 * @param table the table
 * @param outputPath the file's final name
 * @param query the SQL query that gives the rows as the file holds them, in order
 * @param countQuery the SQL query that counts these rows
 * @param format the kind of file
 */
public record ExportOperation(PumpTable table, Path outputPath, String query, String countQuery, ExportFormat format) {
    /**
     * Checks that nothing is missing.
     *
     * @throws NullPointerException where something is
     */
    public ExportOperation {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(outputPath, "outputPath");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(countQuery, "countQuery");
        Objects.requireNonNull(format, "format");
    }

    static ExportOperation of(ExportConfig config, PumpTable table, ExportQuery query) {
        return new ExportOperation(table, config.fileOf(table), query.select(), query.count(), config.format());
    }

    static ExportQuery queryFor(ExportConfig config, PumpTable table, TableCatalog catalog) {
        return new ExportQuery(table, catalog.columns(table), config.dateRange(), config.format());
    }
}
