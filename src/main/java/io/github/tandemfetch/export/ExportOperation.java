package io.github.tandemfetch.export;

import io.github.tandemfetch.domain.TimedTable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The export of one table, ready to be executed. The query holds no text of a person's: names come from the database's
 * catalog and are quoted, days are bound values.
 *
 * @param outputPath the final name of the file, or of the folder where files are written in parts
 * @param query the SQL query that gives the rows as the file holds them, in order, with named placeholders
 * @param params the value of each placeholder, by its name without the dollar
 * @param format the kind of file
 */
public record ExportOperation(
        TimedTable table, Path outputPath, String query, Map<String, Object> params, ExportFormat format) {
    /**
     * Keeps its own copy of the values.
     *
     * @throws IllegalArgumentException where the placeholders of the query and the names of the values differ
     */
    public ExportOperation {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(outputPath, "outputPath");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(format, "format");
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        if (!new Placeholders(query).names().equals(params.keySet())) {
            throw new IllegalArgumentException("The values " + params.keySet() + " do not fit " + query);
        }
    }

    static ExportOperation of(ExportConfig config, TimedTable table, SelectedRows rows, FileLayout layout) {
        return new ExportOperation(table, config.fileOf(table), layout.query(rows), rows.values(), config.format());
    }
}
