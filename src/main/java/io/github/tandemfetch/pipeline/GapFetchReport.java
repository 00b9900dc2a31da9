package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What came of asking for the gaps.
 *
 * @param pumps what came of each pump that has been fetched before, in the service's order
 * @param rawEvents how many raw events the database holds now
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record GapFetchReport(List<GapFetch> pumps, long rawEvents) {

    public GapFetchReport {
        pumps = List.copyOf(pumps);
    }

    /**
     * How many events are new.
     *
     * @return over all pumps
     */
    @JsonProperty
    public long inserted() {
        return pumps.stream().mapToLong(GapFetch::inserted).sum();
    }

    /**
     * Whether the service answered for every gap, with its events or without, and all that came could be stored.
     *
     * @return false where it has to be asked again, or something was rejected
     */
    @JsonProperty
    public boolean complete() {
        return pumps.stream().allMatch(pump -> pump.unansweredGaps() == 0 && pump.rejected() == 0);
    }
}
