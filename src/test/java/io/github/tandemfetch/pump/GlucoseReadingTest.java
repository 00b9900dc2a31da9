package io.github.tandemfetch.pump;

import io.github.tandemfetch.pump.GlucoseReading.Status;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GlucoseReadingTest {

    @Test
    void a_number_is_a_number() {
        assertThat(GlucoseReading.of(0.0, 123.0)).contains(new GlucoseReading(Status.VALUE, 123, 123));
    }

    @Test
    void low_and_high_are_never_numbers_whatever_the_sensor_reports_beside_them() {
        assertThat(GlucoseReading.of(2.0, 0.0)).contains(new GlucoseReading(Status.LOW, null, null));
        assertThat(GlucoseReading.of(2.0, 38.0)).contains(new GlucoseReading(Status.LOW, null, 38));
        assertThat(GlucoseReading.of(1.0, 412.0)).contains(new GlucoseReading(Status.HIGH, null, 412));
        assertThat(GlucoseReading.of(1.0, null)).contains(new GlucoseReading(Status.HIGH, null, null));
    }

    @Test
    void what_the_pump_does_not_show_is_no_reading() {
        assertThat(GlucoseReading.of(6.0, 123.0)).isEmpty();
        assertThat(GlucoseReading.of(0.0, 0.0)).isEmpty();
        assertThat(GlucoseReading.of(0.0, null)).isEmpty();
        assertThat(GlucoseReading.of(null, null)).isEmpty();
    }

    @Test
    void a_number_without_a_status_is_taken_for_shown() {
        assertThat(GlucoseReading.of(null, 99.0)).contains(new GlucoseReading(Status.VALUE, 99, 99));
    }
}
