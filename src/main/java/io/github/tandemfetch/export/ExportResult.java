package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How the export of one table went.
 *
 * @param table the table's name
 * @param success whether the file is whole and has its name
 * @param rowsExported the number of rows in the file; 0 where it failed
 * @param outputPath the file's name
 * @param duration seconds
 * @param error what went wrong and what to do, or null
 * @param fileSizeBytes the file's size in bytes; 0 where it failed
 * @param format the kind of file
 */
@RegisterForReflection
public record ExportResult(
        @JsonProperty("table") String table,
        @JsonProperty("success") boolean success,
        @JsonProperty("rows_exported") long rowsExported,

        @JsonProperty("output_path") @JsonSerialize(using = PlainTextSerializer.class)
        Path outputPath,

        @JsonProperty("duration") double duration,
        @JsonProperty("error") String error,
        @JsonProperty("file_size_bytes") long fileSizeBytes,
        @JsonProperty("format") ExportFormat format) {
    /**
     * Checks that the parts fit each other.
     *
     * @throws IllegalArgumentException where a success has an error, a failure has none, or a number is negative
     */
    public ExportResult {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(outputPath, "outputPath");
        Objects.requireNonNull(format, "format");
        if (success == (error != null)) {
            throw new IllegalArgumentException("A failure has an error, a success has none");
        }
        if (rowsExported < 0 || fileSizeBytes < 0 || duration < 0) {
            throw new IllegalArgumentException("Rows, bytes and seconds are not negative");
        }
    }

    static ExportResult written(ExportOperation operation, long rows, long bytes, double seconds) {
        return new ExportResult(
                operation.table().tableName(),
                true,
                rows,
                operation.outputPath(),
                seconds,
                null,
                bytes,
                operation.format());
    }

    static ExportResult failed(ExportOperation operation, String error, double seconds) {
        return new ExportResult(
                operation.table().tableName(), false, 0, operation.outputPath(), seconds, error, 0, operation.format());
    }
}
