package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * An event of a simulated pump with its true time.
 *
 * @param trueUtc whole seconds, except for some clock changes
 * @param pumpDateTime the pump's clock at that moment
 * @param readingUtc when the sensor took the reading, for an event with an {@code egvTimeStamp}
 * @param onlyAmongClockChanges whether a clock change is only in {@code clockChanges} and never in {@code events}
 * @param json the exact text served
 */
public record SimulatedEvent(
        Position position,
        int eventCode,
        Instant trueUtc,
        LocalDateTime pumpDateTime,
        Optional<Instant> readingUtc,
        boolean onlyAmongClockChanges,
        String json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * The position in the pump's log.
     *
     * @param group 0, or 1 after the pump's log has restarted
     * @param number the number in its group, without gaps
     */
    record Position(int group, long number) {}

    public int sequenceGroup() {
        return position.group;
    }

    public long sequenceNumber() {
        return position.number;
    }

    /** The event's properties, parsed at each call. */
    public JsonNode properties() {
        try {
            return JSON.readTree(json).get("eventProperties");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The simulator wrote an event that is not JSON: " + json, e);
        }
    }

    /** Whether the code is 13 or 14. */
    boolean isClockChange() {
        return eventCode == ClockPlan.TIME_CHANGED || eventCode == ClockPlan.DATE_CHANGED;
    }
}
