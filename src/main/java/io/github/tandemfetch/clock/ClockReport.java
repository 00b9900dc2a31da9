package io.github.tandemfetch.clock;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/**
 * How the pumps' clocks were set over time.
 *
 * @param timezone the person's time zone that they were read with; null before the first fetch
 * @param pumps each pump that has events
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
public record ClockReport(String timezone, List<PumpTimeline> pumps) {

    public ClockReport {
        pumps = List.copyOf(pumps);
    }

    /**
     * One pump's clock.
     *
     * @param stretches in the order of the pump's log
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record PumpTimeline(String pumpSerial, List<Stretch> stretches) {

        public PumpTimeline {
            stretches = List.copyOf(stretches);
        }
    }

    /**
     * A stretch in which nothing moved the clock.
     *
     * @param from when it began, UTC; null where that is not known
     * @param to when it ended, UTC; null where that is not known
     * @param pumpFrom what the clock showed at its beginning
     * @param pumpTo what the clock showed at its end
     * @param sequenceGroup the sequence group
     * @param firstSequenceNumber the first event
     * @param offsetSeconds pump clock minus UTC; null where that is not known
     * @param driftSecondsPerDay how much the clock gained a day; 0 for one that kept time
     * @param timeBasis how the offset was found
     * @param cause why it is another than before
     * @param movedBySeconds by how much the clock was moved at the beginning; null where that is not known
     * @param otherOffsetSeconds another offset that the log would allow; null where there is no doubt
     */
    @RegisterForReflection
    @JsonNaming(SnakeCaseStrategy.class)
    public record Stretch(
            Instant from,
            Instant to,
            LocalDateTime pumpFrom,
            LocalDateTime pumpTo,
            long sequenceGroup,
            long firstSequenceNumber,
            Double offsetSeconds,
            double driftSecondsPerDay,
            String timeBasis,
            String cause,
            Double movedBySeconds,
            Double otherOffsetSeconds) {

        /**
         * Whether its times are in doubt.
         *
         * @return true where the log allows two readings, or does not tell the offset
         */
        public boolean isDoubtful() {
            return otherOffsetSeconds != null || timeBasis.equals("interpolated") || timeBasis.equals("unknown");
        }
    }
}
