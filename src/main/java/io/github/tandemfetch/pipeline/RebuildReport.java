package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of making the derived tables anew.
 *
 * @param timezone the zone that times were derived with
 * @param parse the second stage
 * @param extract the third stage
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record RebuildReport(String timezone, ParseReport parse, ExtractReport extract) {}
