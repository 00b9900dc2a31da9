package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.file.Path;
import java.util.List;

/**
 * What an export would do, found out without doing it.
 *
 * @param config what is asked for
 * @param files one for each table, in the order of the configuration
 */
@RegisterForReflection
@JsonPropertyOrder({"config", "files", "total_rows"})
public record ExportPlan(
        @JsonProperty("config") ExportConfig config,
        @JsonProperty("files") List<PlannedFile> files) {
    /** Keeps its own copy of the files. */
    public ExportPlan {
        files = List.copyOf(files);
    }

    /**
     * The rows of all files that would be written.
     *
     * @return their sum
     */
    @JsonProperty("total_rows")
    public long totalRows() {
        return files.stream().mapToLong(PlannedFile::rows).sum();
    }

    /**
     * A file that would be written.
     *
     * @param table the table it comes from
     * @param rows the number of rows it would hold
     * @param outputPath its name
     * @param exists whether something of that name is there already
     */
    @RegisterForReflection
    public record PlannedFile(
            @JsonProperty("table") DataTable table,
            @JsonProperty("rows") long rows,

            @JsonProperty("output_path") @JsonSerialize(using = PlainTextSerializer.class)
            Path outputPath,

            @JsonProperty("exists") boolean exists) {}
}
