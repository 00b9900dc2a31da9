package io.github.tandemfetch.pump;

import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventCatalogTest {
    private final EventCatalog catalog = EventCatalog.load();

    @Test
    void it_knows_the_events_that_matter_most_by_name() {
        assertThat(Map.of(
                        256, catalog.nameOf(256),
                        279, catalog.nameOf(279),
                        399, catalog.nameOf(399),
                        13, catalog.nameOf(13),
                        280, catalog.nameOf(280)))
                .containsEntry(256, "LID_CGM_DATA_GXB")
                .containsEntry(279, "LID_BASAL_DELIVERY")
                .containsEntry(399, "LID_CGM_DATA_G7")
                .containsEntry(13, "LID_TIME_CHANGED")
                .containsEntry(280, "LID_BOLUS_DELIVERY");
    }

    @Test
    void a_code_it_does_not_know_still_has_a_name() {
        assertThat(catalog.definition(9999)).isEmpty();
        assertThat(catalog.nameOf(9999)).isEqualTo("UNKNOWN_9999");
    }

    @Test
    void every_sensor_has_the_properties_that_a_reading_is_made_of() {
        for (Sensor sensor : Sensor.values()) {
            EventDefinition definition = catalog.definition(sensor.eventCode()).orElseThrow();
            assertThat(definition.properties())
                    .as(sensor.label())
                    .containsKeys("glucoseValueStatus", "currentGlucoseDisplayValue", "egvTimeStamp", "cgmDataType");
            assertThat(definition.property("glucoseValueStatus").orElseThrow().labels())
                    .as(sensor.label())
                    .hasEntrySatisfying(1L, label -> assertThat(label).contains("High"))
                    .hasEntrySatisfying(2L, label -> assertThat(label).contains("Low"));
            assertThat(definition.property("cgmDataType").orElseThrow().bits().get(1L))
                    .isEqualToIgnoringCase("backfill");
        }
    }

    @Test
    void shared_dictionaries_reach_the_properties_that_name_them() {
        PropertyDefinition alarm =
                catalog.definition(5).orElseThrow().property("alarmId").orElseThrow();

        assertThat(alarm.labels()).containsEntry(2L, "OCCLUSION_ALARM").hasSize(64);
    }

    @Test
    void units_scales_and_places_in_the_binary_record_are_read() {
        PropertyDefinition rate =
                catalog.definition(256).orElseThrow().property("rate").orElseThrow();

        assertThat(rate.unit()).contains("mg/dL/min");
        assertThat(rate.scale()).isEqualTo(0.1);
        assertThat(rate.type()).isEqualTo(PropertyDefinition.BinaryType.I8);
        assertThat(rate.offset()).isZero();
    }

    @Test
    void every_property_lies_within_the_sixteen_bytes_of_the_payload() {
        for (EventDefinition definition : catalog.definitions()) {
            for (PropertyDefinition property : definition.properties().values()) {
                int size =
                        switch (property.type()) {
                            case U8, I8 -> 1;
                            case U16, I16 -> 2;
                            case U32, I32, F32 -> 4;
                        };
                assertThat(property.offset() + size)
                        .as(definition.name() + "." + property.name())
                        .isLessThanOrEqualTo(16);
            }
        }
    }
}
