package io.github.tandemfetch.pump;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventDataWriterTest {
    private final EventCatalog catalog = EventCatalog.load();
    private final EventDataWriter writer = new EventDataWriter(catalog);
    private final ObjectMapper json = new ObjectMapper();

    private String eventData(int code, String rawEvent) {
        return new String(writer.eventData(code, rawEvent.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void properties_stay_as_sent_and_labels_come_behind_them() {
        String raw = """
                {"eventCode":399,"eventProperties":{ "rate" : 1.50, "glucoseValueStatus":1,"cgmDataType":[0,1]},"x":1}""";

        assertThat(eventData(399, raw)).isEqualTo("""
                        { "rate" : 1.50, "glucoseValueStatus":1,"cgmDataType":[0,1],\
                        "labels":{"glucoseValueStatus":"Special High","cgmDataType":["FMR","Backfill"]}}""");
    }

    @Test
    void text_that_is_no_ascii_stays_byte_for_byte_wherever_it_stands() {
        assertThat(eventData(
                        399, "{\"é😀\":\"ü\",\"eventProperties\": {\"ä\":\"\\u00e9😀\",\"glucoseValueStatus\":1 }}"))
                .isEqualTo("{\"ä\":\"\\u00e9😀\",\"glucoseValueStatus\":1 ,\"labels\":"
                        + "{\"glucoseValueStatus\":\"Special High\"}}");
        assertThat(eventData(399, "{\"é\":1,\"eventProperties\":\"ä😀\"}")).isEqualTo("{\"eventProperties\":\"ä😀\"}");
    }

    @Test
    void many_labels_and_long_ones_are_all_there() {
        StringBuilder bits = new StringBuilder("{\"eventProperties\":{\"changeType\":[");
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            bits.append(i == 0 ? "" : ",").append(2);
            texts.append(i == 0 ? "" : ",").append("\"temp rate start\"");
        }

        assertThat(eventData(3, bits.append("]}}").toString()))
                .endsWith("2],\"labels\":{\"changeType\":[" + texts + "]}}");
    }

    @Test
    void an_unknown_code_keeps_its_properties_and_gets_no_labels() {
        assertThat(eventData(9999, "{\"eventProperties\":{\"a\":{\"b\":[1,{}]}}}"))
                .isEqualTo("{\"a\":{\"b\":[1,{}]}}");
    }

    @Test
    void a_value_and_a_bit_without_a_label_are_no_error() {
        assertThat(eventData(279, "{\"eventProperties\":{\"commandedRateSource\":77,\"spare1\":3,\"tempRate\":null}}"))
                .isEqualTo("{\"commandedRateSource\":77,\"spare1\":3,\"tempRate\":null}");
        assertThat(eventData(3, "{\"eventProperties\":{\"changeType\":[99,null,\"x\",2]}}"))
                .isEqualTo("{\"changeType\":[99,null,\"x\",2],\"labels\":{\"changeType\":[\"temp rate start\"]}}");
    }

    @Test
    void a_property_of_another_type_than_declared_is_kept() {
        assertThat(eventData(90, "{\"eventProperties\":{\"featuresBitmask\":[0,3,17]}}"))
                .isEqualTo("{\"featuresBitmask\":[0,3,17]}");
        assertThat(eventData(399, "{\"eventProperties\":{\"glucoseValueStatus\":\"1\"}}"))
                .isEqualTo("{\"glucoseValueStatus\":\"1\"}");
        assertThat(eventData(399, "{\"eventProperties\":{\"glucoseValueStatus\":123456789012345678901234567890}}"))
                .isEqualTo("{\"glucoseValueStatus\":123456789012345678901234567890}");
    }

    @Test
    void missing_null_and_odd_event_properties_are_no_error() {
        assertThat(eventData(399, "{}")).isEqualTo("{}");
        assertThat(eventData(399, "{\"eventProperties\":null}")).isEqualTo("{}");
        assertThat(eventData(399, "{\"eventProperties\":{}}")).isEqualTo("{}");
        assertThat(eventData(399, "{\"eventProperties\": [1, {\"a\":2}] ,\"b\":1}"))
                .isEqualTo("{\"eventProperties\":[1, {\"a\":2}]}");
        assertThat(eventData(399, "{\"eventProperties\":\"te\\\"xt\"}"))
                .isEqualTo("{\"eventProperties\":\"te\\\"xt\"}");
        assertThat(eventData(399, "{\"eventProperties\":12}")).isEqualTo("{\"eventProperties\":12}");
    }

    @Test
    void a_property_that_is_called_labels_is_not_covered_up() {
        assertThat(eventData(399, "{\"eventProperties\":{\"labels\":7,\"glucoseValueStatus\":1}}"))
                .isEqualTo("{\"labels\":7,\"glucoseValueStatus\":1}");
    }

    @Test
    void what_is_no_json_object_is_refused_without_quoting_it() {
        assertThatThrownBy(() -> eventData(399, "[1]")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> eventData(399, "{\"eventProperties\":{\"secret\": glucose"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("glucose")
                .hasNoCause();
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatever_the_properties_they_come_out_equal_and_labels_tell_what_the_catalog_says(long seed) {
        Random random = new Random(seed);
        List<EventDefinition> definitions = new ArrayList<>(catalog.definitions());
        definitions.sort(java.util.Comparator.comparingInt(EventDefinition::code));
        EventDefinition definition = definitions.get(random.nextInt(definitions.size()));
        ObjectNode properties = json.createObjectNode();
        ObjectNode expectedLabels = json.createObjectNode();
        definition.properties().values().forEach(property -> addRandom(random, property, properties, expectedLabels));
        properties.put("spare" + random.nextInt(9), random.nextInt());
        properties.put("späre", "ß😀");
        ObjectNode event = json.createObjectNode();
        event.put("sequenceNumber", random.nextInt());
        event.put("earlier", "é😀\"\\");
        event.set("eventProperties", properties);
        event.put("later", "é😀\"\\");

        JsonNode data = read(eventData(definition.code(), event.toString()));

        ObjectNode withoutLabels = data.deepCopy();
        JsonNode labels = withoutLabels.remove("labels");
        assertThat(withoutLabels).isEqualTo(properties);
        assertThat(labels == null ? json.createObjectNode() : labels).isEqualTo(expectedLabels);
    }

    private void addRandom(
            Random random, PropertyDefinition property, ObjectNode properties, ObjectNode expectedLabels) {
        if (random.nextInt(5) == 0) {
            return;
        }
        if (!property.bits().isEmpty()) {
            ArrayNode bits = properties.putArray(property.name());
            ArrayNode names = json.createArrayNode();
            for (int bit = 0; bit < 16; bit++) {
                if (random.nextInt(4) == 0) {
                    bits.add(bit);
                    String name = property.bits().get((long) bit);
                    if (name != null) {
                        names.add(name);
                    }
                }
            }
            if (!names.isEmpty()) {
                expectedLabels.set(property.name(), names);
            }
        } else {
            int value = random.nextInt(70);
            properties.put(property.name(), value);
            String label = property.labels().get((long) value);
            if (label != null) {
                expectedLabels.put(property.name(), label);
            }
        }
    }

    private JsonNode read(String text) {
        try {
            return json.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
