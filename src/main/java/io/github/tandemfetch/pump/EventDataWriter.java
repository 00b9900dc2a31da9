package io.github.tandemfetch.pump;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Creates an event's {@code event_data}: its {@code eventProperties} exactly as received, followed by a member
 * {@code labels} with the catalog's labels:
 *
 * <pre>{@code {"glucoseValueStatus":1,"cgmDataType":[0],"labels":{"glucoseValueStatus":"High","cgmDataType":["FMR"]}}}
 * </pre>
 *
 * <p>Values and bits without a label are left out. Nothing is added where no value has a label, or the event itself has
 * a property {@code labels}.
 */
public final class EventDataWriter {
    private static final String PROPERTIES = "eventProperties";
    private static final String LABELS = "labels";

    private static final int ROOM_FOR_LABELS = 128;
    private static final byte[] EMPTY = bytes("{}");
    private static final byte[] LABELS_BEGIN = bytes(",\"" + LABELS + "\":{");
    private static final byte[] LABELS_END = bytes("}}");

    private final JsonFactory json = EventJson.factory();
    private final Map<Integer, Map<String, LabelTexts>> labels;

    public EventDataWriter(EventCatalog catalog) {
        this.labels = catalog.definitions().stream()
                .collect(Collectors.toUnmodifiableMap(EventDefinition::code, EventDataWriter::labelTexts));
    }

    /**
     * The labels of a property as JSON.
     *
     * @param member the property's name and a colon
     * @param values the quoted label of a value
     * @param bits the quoted label of a bit
     */
    private record LabelTexts(byte[] member, Map<Long, byte[]> values, Map<Long, byte[]> bits) {
        static LabelTexts of(PropertyDefinition property) {
            return new LabelTexts(
                    bytes(quoted(property.name()) + ":"), quoted(property.labels()), quoted(property.bits()));
        }

        private static Map<Long, byte[]> quoted(Map<Long, String> texts) {
            return texts.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> bytes(quoted(entry.getValue()))));
        }

        private static String quoted(String text) {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    }

    private static Map<String, LabelTexts> labelTexts(EventDefinition definition) {
        return definition.properties().values().stream()
                .filter(PropertyDefinition::isLabeled)
                .collect(Collectors.toUnmodifiableMap(PropertyDefinition::name, LabelTexts::of));
    }

    /**
     * Creates the {@code event_data} of one event.
     *
     * @param rawEvent the event's JSON object as received, in UTF-8
     * @return a JSON object in UTF-8; {@code {}} for an event without properties
     * @throws IllegalArgumentException where {@code rawEvent} is not a JSON object
     */
    public byte[] eventData(int code, byte[] rawEvent) {
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
            return EMPTY.clone();
        } catch (IOException e) {
            // Jackson's own message may quote the event, which is health data.
            throw new IllegalArgumentException("not valid JSON at byte " + locationOf(e));
        }
    }

    private byte[] eventData(int code, byte[] rawEvent, JsonParser parser, JsonToken value) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        if (value == JsonToken.VALUE_NULL) {
            return EMPTY.clone();
        }
        if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
            parser.finishToken();
            int end = (int) parser.currentLocation().getByteOffset();
            String odd = new String(rawEvent, start, end - start, StandardCharsets.UTF_8);
            return bytes("{\"" + PROPERTIES + "\":" + odd + "}");
        }
        Map<String, LabelTexts> known = labels.getOrDefault(code, Map.of());
        ByteArrayOutputStream added = new ByteArrayOutputStream(known.isEmpty() ? 0 : ROOM_FOR_LABELS);
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
        int end = (int) parser.currentTokenLocation().getByteOffset();
        if (added.size() == 0 || taken) {
            return Arrays.copyOfRange(rawEvent, start, end + 1);
        }
        added.writeBytes(LABELS_END);
        byte[] member = added.toByteArray();
        // The member takes the place of the brace at the end of the properties.
        byte[] labelled = Arrays.copyOfRange(rawEvent, start, end + member.length);
        System.arraycopy(member, 0, labelled, end - start, member.length);
        return labelled;
    }

    private static void addLabel(ByteArrayOutputStream added, LabelTexts texts, JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
            byte[] label = fitsLong(parser) ? texts.values().get(parser.getLongValue()) : null;
            if (label != null) {
                addMember(added, texts);
                added.writeBytes(label);
            }
        } else if (token == JsonToken.START_ARRAY) {
            addBits(added, texts, parser);
        } else {
            parser.skipChildren();
        }
    }

    private static void addBits(ByteArrayOutputStream added, LabelTexts texts, JsonParser parser) throws IOException {
        boolean any = false;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            byte[] label = parser.currentToken() == JsonToken.VALUE_NUMBER_INT && fitsLong(parser)
                    ? texts.bits().get(parser.getLongValue())
                    : null;
            parser.skipChildren();
            if (label != null) {
                if (any) {
                    added.write(',');
                } else {
                    addMember(added, texts);
                    added.write('[');
                    any = true;
                }
                added.writeBytes(label);
            }
        }
        if (any) {
            added.write(']');
        }
    }

    private static void addMember(ByteArrayOutputStream added, LabelTexts texts) {
        if (added.size() == 0) {
            added.writeBytes(LABELS_BEGIN);
        } else {
            added.write(',');
        }
        added.writeBytes(texts.member());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean fitsLong(JsonParser parser) throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private static String locationOf(IOException e) {
        return e instanceof com.fasterxml.jackson.core.JsonProcessingException processing
                        && processing.getLocation() != null
                ? String.valueOf(processing.getLocation().getByteOffset())
                : "unknown";
    }
}
