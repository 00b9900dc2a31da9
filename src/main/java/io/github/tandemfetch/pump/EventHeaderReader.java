package io.github.tandemfetch.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.LocalDateTime;

/** Reads the header of an event from its JSON. For use by several threads. */
public final class EventHeaderReader {
    private final JsonFactory json = EventJson.factory();

    /**
     * Reads a header.
     *
     * @param rawEvent the event's JSON object as received, in UTF-8
     * @throws IllegalArgumentException where {@code rawEvent} is not one JSON object
     */
    public EventHeader read(byte[] rawEvent) {
        Long group = null;
        Long number = null;
        Long code = null;
        LocalDateTime stamp = null;
        try (JsonParser parser = json.createParser(rawEvent)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "sequenceGroup" -> group = integer(parser, value);
                    case "sequenceNumber" -> number = integer(parser, value);
                    case "eventCode" -> code = integer(parser, value);
                    case "pumpDateTime" -> stamp = stamp(parser, value);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("goes on after its end");
            }
        } catch (IOException e) {
            // Jackson's own message may quote the event, which is health data.
            throw new IllegalArgumentException("not valid JSON");
        }
        return new EventHeader(group, number, code, stamp);
    }

    private static Long integer(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            parser.skipChildren();
            return null;
        }
        return parser.getLongValue();
    }

    private static LocalDateTime stamp(JsonParser parser, JsonToken value) throws IOException {
        String text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        return PumpTimestamp.parse(text).orElse(null);
    }
}
