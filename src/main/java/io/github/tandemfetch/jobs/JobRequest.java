package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportFormat;
import java.util.List;
import java.util.Objects;

/**
 * What a job is asked to export. Equal requests give equal files, as long as the database does not change.
 *
 * @param format the kind of file
 * @param columns the columns in order, each once; empty for all
 * @param rowLimit how many rows at most, the earliest ones; null for all
 * @param days the days, in UTC
 * @param compress whether the file is packed with gzip; never for Parquet
 */
public record JobRequest(
        TimedTable table, ExportFormat format, List<String> columns, Long rowLimit, DateRange days, boolean compress) {
    /** Keeps its own copy of the columns. */
    public JobRequest {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(days, "days");
        columns = List.copyOf(columns);
        if (compress && format.isCompressedInside()) {
            throw new IllegalArgumentException("The format is compressed inside");
        }
    }
}
