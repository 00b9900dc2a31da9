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
                format.description(),
                format.extension(),
                format.mediaType(),
                !format.isCompressedInside());
    }
}
