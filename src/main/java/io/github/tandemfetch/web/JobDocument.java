package io.github.tandemfetch.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.jobs.ExportJob;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;

/**
 * A job as it is told. Every field is always there; times are ISO 8601 in UTC.
 *
 * @param id its number
 * @param status {@code pending}, {@code running}, {@code completed}, {@code failed} or {@code expired}
 * @param tableName the table
 * @param format the kind of file
 * @param columns the columns; null for all
 * @param rowLimit how many rows at most; null for all
 * @param filters which rows
 * @param compress whether the file is packed with gzip
 * @param fileName the file's name; null before completion
 * @param fileSizeBytes the file's size; null before completion
 * @param rowCount the number of rows in the file; null before completion
 * @param rowsExported how many rows' worth of the work is done
 * @param totalRows how many rows there are to export; null before it runs
 * @param waitingFor what a pending job waits for beside its turn; null for nothing
 * @param errorMessage why it failed; null otherwise
 * @param createdAt when it was asked for
 * @param startedAt when it began to run, or null
 * @param completedAt when it was completed or failed, or null
 * @param expiresAt when its file is removed, or null
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@JsonPropertyOrder({
    "id",
    "status",
    "table_name",
    "format",
    "columns",
    "row_limit",
    "filters",
    "compress",
    "file_name",
    "file_size_bytes",
    "row_count",
    "rows_exported",
    "total_rows",
    "waiting_for",
    "error_message",
    "created_at",
    "started_at",
    "completed_at",
    "expires_at"
})
public record JobDocument(
        long id,
        String status,
        String tableName,
        String format,
        List<String> columns,
        Long rowLimit,
        Filters filters,
        boolean compress,
        String fileName,
        Long fileSizeBytes,
        Long rowCount,
        long rowsExported,
        Long totalRows,
        String waitingFor,
        String errorMessage,
        String createdAt,
        String startedAt,
        String completedAt,
        String expiresAt) {
    /**
     * Which rows: those of some days, UTC, both inclusive.
     *
     * @param dateFrom the first day, or null
     * @param dateTo the last day, or null
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Filters(String dateFrom, String dateTo) {
        private static Filters of(DateRange days) {
            return new Filters(text(days.start()), text(days.end()));
        }
    }

    static JobDocument of(ExportJob job) {
        List<String> columns = job.request().columns();
        return new JobDocument(
                job.id(),
                job.status().statusName(),
                job.request().table().tableName(),
                job.request().format().extension(),
                columns.isEmpty() ? null : columns,
                job.request().rowLimit(),
                Filters.of(job.request().days()),
                job.request().compress(),
                job.fileName(),
                job.fileSizeBytes(),
                job.rowCount(),
                job.rowsExported(),
                job.totalRows(),
                job.waitingFor(),
                job.errorMessage(),
                text(job.createdAt()),
                text(job.startedAt()),
                text(job.completedAt()),
                text(job.expiresAt()));
    }

    private static String text(Object value) {
        return Objects.toString(value, null);
    }
}
