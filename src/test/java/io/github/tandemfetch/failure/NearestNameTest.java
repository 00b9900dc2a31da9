package io.github.tandemfetch.failure;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NearestNameTest {
    private static final List<String> TABLES = List.of("raw_events", "events", "cgm_readings", "basal_deliveries");

    @ParameterizedTest
    @CsvSource({
        "event, events",
        "EVENTS, events",
        "cgm_reading, cgm_readings",
        "cgm, cgm_readings",
        "basal, basal_deliveries",
        "rawevents, raw_events",
        "bsaal_deliverys, basal_deliveries"
    })
    void a_slip_is_recognized(String typed, String meant) {
        assertThat(NearestName.of(typed, TABLES)).contains(meant);
        assertThat(NearestName.advice(typed, TABLES)).isEqualTo("Did you mean '" + meant + "'?");
    }

    @Test
    void something_else_entirely_gets_the_list_instead_of_a_guess() {
        assertThat(NearestName.of("weather", TABLES)).isEmpty();
        assertThat(NearestName.advice("weather", TABLES))
                .isEqualTo("Choose from: raw_events, events, cgm_readings, basal_deliveries.");
    }

    @Test
    void an_empty_name_is_near_to_nothing() {
        assertThat(NearestName.of("", TABLES)).isEmpty();
    }
}
