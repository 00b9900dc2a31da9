package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * What came of the fetch stage.
 *
 * @param pumps what came of each pump, in the service's order
 * @param rawEvents how many raw events the database holds now
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FetchReport(List<PumpFetch> pumps, long rawEvents) {

    /** Copies the list. */
    public FetchReport {
        pumps = List.copyOf(pumps);
    }

    /**
     * How many events are new.
     *
     * @return over all pumps
     */
    @JsonProperty
    public long inserted() {
        return pumps.stream().mapToLong(PumpFetch::inserted).sum();
    }

    /**
     * Whether everything the service has is stored.
     *
     * @return false where a pump's fetch is incomplete, or brought an event under a number that stands for another, or
     *     something that cannot be stored
     */
    @JsonProperty
    public boolean complete() {
        return pumps.stream()
                .noneMatch(pump ->
                        pump.state() == PumpFetch.State.INCOMPLETE || pump.contradicting() > 0 || pump.rejected() > 0);
    }
}
