package io.github.tandemfetch.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Map;

/**
 * Makes an event's {@code event_data}: the text of its {@code eventProperties} exactly as received, and behind the
 * properties one more member, {@code labels}, that puts into words what the catalogue knows:
 *
 * <pre>{@code {"glucoseValueStatus":1,"cgmDataType":[0],"labels":{"glucoseValueStatus":"High","cgmDataType":["FMR"]}}}
 * </pre>
 *
 * <p>A value without a label in the catalogue has none here, a bit without a name is left out. Where nothing can be
 * put into words, or the event itself has a property {@code labels}, nothing is added.
 */
public final class EventDataWriter {
    private static final String PROPERTIES = "eventProperties";
    private static final String LABELS = "labels";

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();
    private final EventCatalog catalog;

    /**
     * Creates a writer.
     *
     * @param catalog where labels come from
     */
    public EventDataWriter(EventCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Makes the {@code event_data} of one event.
     *
     * @param code the event's code
     * @param rawEvent the event's JSON object as received
     * @return a JSON object; {@code {}} where the event has no properties
     * @throws IllegalArgumentException where {@code rawEvent} is no JSON object
     */
    public String eventData(int code, String rawEvent) {
        try (JsonParser parser = json.createParser(rawEvent)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not a JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean properties = PROPERTIES.equals(parser.currentName());
                JsonToken value = parser.nextToken();
                if (properties) {
                    return eventData(code, rawEvent, parser, value);
                }
                parser.skipChildren();
            }
            return "{}";
        } catch (IOException e) {
            // Jackson's own message may quote the event, which is health data.
            throw new IllegalArgumentException("not valid JSON at character " + locationOf(e));
        }
    }

    private String eventData(int code, String rawEvent, JsonParser parser, JsonToken value) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        if (value == JsonToken.VALUE_NULL) {
            return "{}";
        }
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            parser.finishToken();
            int end = (int) parser.currentLocation().getCharOffset();
            return "{\"" + PROPERTIES + "\":" + rawEvent.substring(start, end) + "}";
        }
        EventDefinition definition = catalog.definition(code).orElse(null);
        StringBuilder labels = new StringBuilder();
        boolean empty = true;
        boolean taken = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            String name = parser.currentName();
            taken |= LABELS.equals(name);
            parser.nextToken();
            PropertyDefinition property =
                    definition == null ? null : definition.properties().get(name);
            if (property != null && property.isLabelled()) {
                appendLabel(labels, name, property, parser);
            } else {
                parser.skipChildren();
            }
        }
        int end = (int) parser.currentTokenLocation().getCharOffset();
        String properties = rawEvent.substring(start, end + 1);
        if (labels.length() == 0 || taken || empty) {
            return properties;
        }
        return new StringBuilder(properties.length() + labels.length() + 16)
                .append(properties, 0, properties.length() - 1)
                .append(",\"" + LABELS + "\":{")
                .append(labels)
                .append("}}")
                .toString();
    }

    private static void appendLabel(StringBuilder labels, String name, PropertyDefinition property, JsonParser parser)
            throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            String label = fitsLong(parser) ? property.labels().get(parser.getLongValue()) : null;
            if (label != null) {
                appendName(labels, name);
                appendText(labels, label);
            }
        } else if (token == JsonToken.START_ARRAY) {
            appendBits(labels, name, property.bits(), parser);
        } else {
            parser.skipChildren();
        }
    }

    private static void appendBits(StringBuilder labels, String name, Map<Long, String> bits, JsonParser parser)
            throws IOException {
        StringBuilder texts = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String label = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && fitsLong(parser)
                    ? bits.get(parser.getLongValue())
                    : null;
            parser.skipChildren();
            if (label != null) {
                texts.append(texts.length() == 0 ? "" : ",");
                appendText(texts, label);
            }
        }
        if (texts.length() > 0) {
            appendName(labels, name);
            labels.append('[').append(texts).append(']');
        }
    }

    private static boolean fitsLong(JsonParser parser) throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static void appendName(StringBuilder labels, String name) {
        if (labels.length() > 0) {
            labels.append(',');
        }
        appendText(labels, name);
        labels.append(':');
    }

    private static void appendText(StringBuilder out, String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    private static String locationOf(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JsonProcessingException processing
                        && processing.getLocation() != null
                ? String.valueOf(processing.getLocation().getCharOffset())
                : "unknown";
    }
}
