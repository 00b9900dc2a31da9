package io.github.tandemfetch.clock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tandemfetch.clock.ClockChange.Kind;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;
import java.util.Optional;

/** Reads the events in which a pump announces that its clock was changed. */
public final class ClockChangeReader {
    private static final String PROPERTIES = "eventProperties";

    private final JsonMapper json = JsonMapper.builder().build();

    /**
     * Reads an event.
     *
     * @param position where it stands in the log
     * @param eventCode its code
     * @param stamp its own stamp, pump clock; null where it has no readable one
     * @param event the event's JSON object as received
     * @return empty where the event announces no change of the clock; a change without values where they are not there
     *     or no numbers
     */
    public Optional<ClockChange> read(SequencePosition position, int eventCode, LocalDateTime stamp, String event) {
        return Kind.ofEventCode(eventCode).map(kind -> {
            JsonNode properties = properties(event);
            String name = kind == Kind.DATE ? "date" : "time";
            return new ClockChange(
                    position,
                    kind,
                    stamp,
                    number(properties.path(name + "Prior")),
                    number(properties.path(name + "After")));
        });
    }

    private JsonNode properties(String event) {
        try {
            return json.readTree(event).path(PROPERTIES);
        } catch (JsonProcessingException e) {
            // It was stored as JSON; one that is none says nothing about the clock either.
            return json.createObjectNode();
        }
    }

    private static Long number(JsonNode value) {
        if (value.canConvertToExactIntegral() && value.isNumber()) {
            return value.longValue();
        }
        return value.isTextual() && value.textValue().matches("\\d{1,12}") ? Long.valueOf(value.textValue()) : null;
    }
}
