package io.github.tandemfetch.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tandemfetch.domain.LoadedTable;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.domain.TimedTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A job as it is stored: field by field, so that an older store can still be read when the record has changed. The name
 * of the file is written for whoever reads the store, and never read.
 */
final class JobLines {
    /** More jobs than any store will see; leaves room to count on. */
    static final long GREATEST_ID = 1_000_000_000_000_000L;

    private final ObjectMapper json;

    JobLines(ObjectMapper json) {
        this.json = json;
    }

    ObjectNode write(ExportJob job) {
        JobRequest request = job.request();
        ObjectNode node = json.createObjectNode()
                .put("id", job.id())
                .put("table_name", request.table().tableName())
                .put("table_type", request.table() instanceof LoadedTable loaded ? loaded.type() : null)
                .put("format", request.format().extension());
        request.columns().forEach(node.putArray("columns")::add);
        return node.put("row_limit", request.rowLimit())
                .put("date_from", text(request.days().start()))
                .put("date_to", text(request.days().end()))
                .put("compress", request.compress())
                .put("idempotency_key", job.idempotencyKey())
                .put("status", job.status().statusName())
                .put("file_name", job.fileName())
                .put("file_size_bytes", job.fileSizeBytes())
                .put("rows_exported", job.rowsExported())
                .put("total_rows", job.totalRows())
                .put("error_message", job.errorMessage())
                .put("created_at", text(job.createdAt()))
                .put("started_at", text(job.startedAt()))
                .put("completed_at", text(job.completedAt()))
                .put("expires_at", text(job.expiresAt()));
    }

    /**
     * Reads a job.
     *
     * @throws RuntimeException where a field is missing or makes no sense
     */
    ExportJob read(JsonNode node) {
        List<String> columns = new ArrayList<>();
        node.path("columns").forEach(column -> columns.add(column.textValue()));
        JobRequest request = new JobRequest(
                table(node),
                ExportFormat.parse(node.path("format").asText()),
                columns,
                number(node, "row_limit"),
                new DateRange(value(node, "date_from", LocalDate::parse), value(node, "date_to", LocalDate::parse)),
                node.path("compress").asBoolean());
        ExportJob job = new ExportJob(
                node.path("id").asLong(),
                request,
                value(node, "idempotency_key", Function.identity()),
                JobStatus.named(node.path("status").asText()).orElseThrow(),
                null,
                number(node, "file_size_bytes"),
                node.path("rows_exported").asLong(),
                number(node, "total_rows"),
                value(node, "error_message", Function.identity()),
                value(node, "created_at", Instant::parse),
                value(node, "started_at", Instant::parse),
                value(node, "completed_at", Instant::parse),
                value(node, "expires_at", Instant::parse));
        requirePossible(job);
        return job;
    }

    private static TimedTable table(JsonNode node) {
        String name = node.path("table_name").asText();
        String loaded = value(node, "table_type", Function.identity());
        return loaded == null ? PumpTable.named(name).orElseThrow() : new LoadedTable(name, loaded);
    }

    private static void requirePossible(ExportJob job) {
        boolean finished = job.completedAt() != null;
        boolean withFile =
                finished && job.fileSizeBytes() != null && job.totalRows() != null && job.expiresAt() != null;
        boolean possible =
                switch (job.status()) {
                    case PENDING -> !finished && job.fileSizeBytes() == null;
                    case RUNNING ->
                        !finished && job.fileSizeBytes() == null && job.startedAt() != null && job.totalRows() != null;
                    case COMPLETED, EXPIRED -> withFile && job.fileSizeBytes() >= 0;
                    case FAILED -> finished && job.fileSizeBytes() == null && job.errorMessage() != null;
                };
        if (!possible || job.id() < 1 || job.id() > GREATEST_ID || job.rowsExported() < 0) {
            throw new IllegalArgumentException("The fields of job " + job.id() + " contradict each other");
        }
        // Throws where the fields give no name.
        JobFileName.of(job.id(), job.request(), job.createdAt());
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }

    private static Long number(JsonNode node, String field) {
        return node.path(field).isNumber() ? node.path(field).asLong() : null;
    }

    private static <T> T value(JsonNode node, String field, Function<String, T> read) {
        return node.path(field).isTextual() ? read.apply(node.path(field).textValue()) : null;
    }
}
