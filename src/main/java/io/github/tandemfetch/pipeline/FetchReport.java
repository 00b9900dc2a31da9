package io.github.tandemfetch.pipeline;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of the fetch stage.
 *
 * @param pumps what came of each pump, in the service's order
 * @param rawEvents how many raw events the database holds now
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record FetchReport(List<PumpFetch> pumps, long rawEvents) {

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
     *     something that cannot be stored, or where a pump could not be fetched at all
     */
    @JsonProperty
    public boolean complete() {
        return isWhole() && pumps.stream().noneMatch(pump -> pump.state() == PumpFetch.State.NOT_FETCHED);
    }

    /** Whether everything is stored of the pumps that could be fetched. */
    boolean isWhole() {
        return pumps.stream()
                .noneMatch(pump ->
                        pump.state() == PumpFetch.State.INCOMPLETE || pump.contradicting() > 0 || pump.rejected() > 0);
    }

    /** The same with further pumps. */
    FetchReport with(List<PumpFetch> more) {
        return new FetchReport(Stream.concat(pumps.stream(), more.stream()).toList(), rawEvents);
    }
}
