package io.github.tandemfetch.demo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.github.tandemfetch.export.ExportSummary;
import io.github.tandemfetch.pipeline.SyncReport;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of a demo.
 *
 * @param database the demo's own database file
 * @param sync what came of the pipeline
 * @param syncSeconds how long the pipeline took, login included
 * @param export what came of the export
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record DemoReport(
        String database,
        SyncReport sync,
        @JsonProperty("sync_seconds") double syncSeconds,
        ExportSummary export) {}
