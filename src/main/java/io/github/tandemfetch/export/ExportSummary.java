package io.github.tandemfetch.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.github.tandemfetch.failure.ExitStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * How a whole export went.
 *
 * @param timestamp when it was done, UTC
 * @param config what was asked for
 * @param results one for each table, in the order of the configuration
 * @param totalDuration seconds, for all tables together
 */
@RegisterForReflection
@JsonPropertyOrder({
    "timestamp",
    "config",
    "results",
    "total_rows",
    "total_duration",
    "success_count",
    "failure_count",
    "overall_success"
})
public record ExportSummary(
        @JsonProperty("timestamp") @JsonSerialize(using = PlainTextSerializer.class)
        Instant timestamp,

        @JsonProperty("config") ExportConfig config,
        @JsonProperty("results") List<ExportResult> results,
        @JsonProperty("total_duration") double totalDuration) {
    /**
     * Keeps its own copy of the results.
     *
     * @throws IllegalArgumentException where there is no result
     */
    public ExportSummary {
        Objects.requireNonNull(timestamp, "timestamp");
        Objects.requireNonNull(config, "config");
        results = List.copyOf(results);
        if (results.isEmpty()) {
            throw new IllegalArgumentException("An export has at least one table");
        }
    }

    /**
     * The rows of all files that were written.
     *
     * @return their sum
     */
    @JsonProperty("total_rows")
    public long totalRows() {
        return results.stream().mapToLong(ExportResult::rowsExported).sum();
    }

    /**
     * How many tables were exported.
     *
     * @return 0 up to the number of results
     */
    @JsonProperty("success_count")
    public int successCount() {
        return (int) results.stream().filter(ExportResult::success).count();
    }

    /**
     * How many tables were not exported.
     *
     * @return 0 up to the number of results
     */
    @JsonProperty("failure_count")
    public int failureCount() {
        return results.size() - successCount();
    }

    /**
     * Whether anything was exported.
     *
     * @return false only where every table failed
     */
    @JsonProperty("overall_success")
    public boolean overallSuccess() {
        return successCount() > 0;
    }

    /**
     * What the process ends with.
     *
     * @return success, partial success, or a storage failure where every table failed
     */
    public ExitStatus exitStatus() {
        if (failureCount() == 0) {
            return ExitStatus.SUCCESS;
        }
        return overallSuccess() ? ExitStatus.PARTIAL_SUCCESS : ExitStatus.STORAGE_FAILURE;
    }
}
