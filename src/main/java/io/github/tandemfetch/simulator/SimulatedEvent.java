package io.github.tandemfetch.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * One event of a simulated pump with the truth about it.
 *
 * @param sequenceGroup 0, or 1 after the pump's log has restarted
 * @param sequenceNumber the number in its group, without gaps
 * @param eventCode what kind of event it is
 * @param trueUtc when it really happened; whole seconds, but for some clock changes
 * @param pumpDateTime what the pump's clock showed then
 * @param readingUtc when the sensor really took the reading, where the event carries one with an {@code egvTimeStamp}
 * @param onlyAmongClockChanges true for a clock change that an answer has in {@code clockChanges} but never in
 *     {@code events}
 * @param json the exact text that is served for it
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

    /**
     * The event's properties as sent.
     *
     * @return a JSON object, parsed anew at each call
     */
    public JsonNode properties() {
        try {
            return JSON.readTree(json).get("eventProperties");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The simulator wrote an event that is not JSON: " + json, e);
        }
    }

    /**
     * Whether the event is a clock change (code 13 or 14).
     *
     * @return true for those
     */
    boolean isClockChange() {
        return eventCode == ClockPlan.TIME_CHANGED || eventCode == ClockPlan.DATE_CHANGED;
    }
}
