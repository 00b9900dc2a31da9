package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What came of the whole pipeline.
 *
 * @param fetch the first stage
 * @param parse the second stage
 * @param extract the third stage
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record SyncReport(FetchReport fetch, ParseReport parse, ExtractReport extract) {

    /**
     * Whether everything the service has is stored, could be read, and has a time.
     *
     * @return false where something is missing
     */
    @JsonProperty
    public boolean complete() {
        return fetch.complete() && parse.withoutTime() == 0 && extract.complete();
    }
}
