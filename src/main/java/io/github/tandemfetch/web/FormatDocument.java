package io.github.tandemfetch.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.export.ExportFormat;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * A kind of file as it is told.
 *
 * @param format its name
 * @param description what it is
 * @param extension what its files' names end with
 * @param mediaType the media type of its files, unless they are packed
 * @param compress whether {@code compress} is allowed, which packs the file with gzip
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FormatDocument(String format, String description, String extension, String mediaType, boolean compress) {
    static FormatDocument of(ExportFormat format) {
        return new FormatDocument(
                format.extension(),
                description(format),
                format.extension(),
                mediaType(format),
                format != ExportFormat.PARQUET);
    }

    static String mediaType(ExportFormat format) {
        return switch (format) {
            case PARQUET -> "application/vnd.apache.parquet";
            case CSV -> "text/csv; charset=utf-8; header=present";
            case JSON -> "application/json";
            case JSONL -> "application/jsonl";
        };
    }

    private static String description(ExportFormat format) {
        return switch (format) {
            case PARQUET -> "Apache Parquet, compressed inside with zstd";
            case CSV -> "Comma-separated values with a header, RFC 4180, UTF-8";
            case JSON -> "One JSON array of objects";
            case JSONL -> "One JSON object a line";
        };
    }
}
