package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of the parse stage.
 *
 * @param parsed how many raw events became events
 * @param unknownCodes how many of them have a code that the catalog does not know
 * @param withoutTime how many of them carry no readable time
 * @param events how many events the database holds now
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ParseReport(long parsed, long unknownCodes, long withoutTime, long events) {}
