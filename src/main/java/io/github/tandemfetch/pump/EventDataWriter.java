package io.github.tandemfetch.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

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
    private final Map<Integer, Map<String, LabelTexts>> labels;

    /**
     * Creates a writer.
     *
     * @param catalog where labels come from
     */
    public EventDataWriter(EventCatalog catalog) {
        this.labels = catalog.definitions().stream()
                .collect(Collectors.toUnmodifiableMap(EventDefinition::code, EventDataWriter::labelTexts));
    }

    /**
     * What the catalogue says of a property, as it goes into JSON.
     *
     * @param member the property's name and a colon
     * @param values the quoted text of a value
     * @param bits the quoted text of a bit
     */
    private record LabelTexts(String member, Map<Long, String> values, Map<Long, String> bits) {
        static LabelTexts of(PropertyDefinition property) {
            return new LabelTexts(quoted(property.name()) + ":", quoted(property.labels()), quoted(property.bits()));
        }

        private static Map<Long, String> quoted(Map<Long, String> texts) {
            return texts.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> quoted(entry.getValue())));
        }

        private static String quoted(String text) {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    }

    private static Map<String, LabelTexts> labelTexts(EventDefinition definition) {
        return definition.properties().values().stream()
                .filter(PropertyDefinition::isLabelled)
                .collect(Collectors.toUnmodifiableMap(PropertyDefinition::name, LabelTexts::of));
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
        Map<String, LabelTexts> known = labels.getOrDefault(code, Map.of());
        StringBuilder added = new StringBuilder();
        boolean taken = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            taken |= LABELS.equals(name);
            parser.nextToken();
            LabelTexts texts = known.get(name);
            if (texts == null) {
                parser.skipChildren();
            } else {
                addLabel(added, texts, parser);
            }
        }
        int end = (int) parser.currentTokenLocation().getCharOffset();
        String properties = rawEvent.substring(start, end + 1);
        if (added.length() == 0 || taken) {
            return properties;
        }
        return new StringBuilder(properties.length() + added.length() + 16)
                .append(properties, 0, properties.length() - 1)
                .append(",\"" + LABELS + "\":{")
                .append(added)
                .append("}}")
                .toString();
    }

    private static void addLabel(StringBuilder added, LabelTexts texts, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            String label = fitsLong(parser) ? texts.values().get(parser.getLongValue()) : null;
            if (label != null) {
                added.append(added.length() == 0 ? "" : ",")
                        .append(texts.member())
                        .append(label);
            }
        } else if (token == JsonToken.START_ARRAY) {
            addBits(added, texts, parser);
        } else {
            parser.skipChildren();
        }
    }

    private static void addBits(StringBuilder added, LabelTexts texts, JsonParser parser) throws IOException {
        boolean any = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String label = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && fitsLong(parser)
                    ? texts.bits().get(parser.getLongValue())
                    : null;
            parser.skipChildren();
            if (label != null) {
                if (any) {
                    added.append(',');
                } else {
                    added.append(added.length() == 0 ? "" : ",")
                            .append(texts.member())
                            .append('[');
                    any = true;
                }
                added.append(label);
            }
        }
        if (any) {
            added.append(']');
        }
    }

    private static boolean fitsLong(JsonParser parser) throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static String locationOf(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JsonProcessingException processing
                        && processing.getLocation() != null
                ? String.valueOf(processing.getLocation().getCharOffset())
                : "unknown";
    }
}
