package io.github.tandemfetch.source;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PumperReaderTest {
    private static Pumper read(String body) {
        return new PumperReader().read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Pump pump(String members) {
        return read("{\"pumps\":[{\"assignmentId\":\"a\"" + members + "}]}")
                .pumps()
                .get(0);
    }

    @Test
    void a_pump_that_is_listed_badly_does_not_keep_the_others_away() {
        Pumper pumper = read("{\"pumps\":[{\"serialNumber\":\"90\"},{\"assignmentId\":\"a\",\"serialNumber\":\"91\"},"
                + "{\"assignmentId\":\"b\",\"maxDateOfEvents\":\"soon\"}]}");

        assertThat(pumper.pumps()).extracting(Pump::serialNumber).containsExactly("91");
        assertThat(pumper.unusable())
                .satisfiesExactly(
                        first -> {
                            assertThat(first.problem()).contains("without a text in \"assignmentId\"", "90");
                            assertThat(first.serialNumber()).isEqualTo("90");
                            assertThat(first.hasData()).isFalse();
                        },
                        second -> {
                            assertThat(second.problem()).contains("maxDateOfEvents");
                            assertThat(second.serialNumber()).isNull();
                            assertThat(second.hasData()).isTrue();
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "1.5", "true", "null", "\"\"", "\" \"", "[\"a\"]", "{}"})
    void an_assignment_that_is_no_text_is_none(String assignment) {
        Pumper pumper = read("{\"pumps\":[{\"assignmentId\":" + assignment + ",\"serialNumber\":\"90\","
                + "\"availableDataRange\":{\"start\":\"2026-01-01\"}},{\"assignmentId\":\"a\"}]}");

        assertThat(pumper.pumps()).extracting(Pump::assignmentId).containsExactly("a");
        assertThat(pumper.unusable()).singleElement().matches(UnusablePump::hasData);
    }

    @Test
    void a_whole_pump_is_read() {
        Pumper pumper =
                read("{\"firstName\":\"x\",\"country\":\"DE\",\"lowGlucoseThreshold\":70,\"highGlucoseThreshold\":180,"
                        + "\"pumps\":[{\"assignmentId\":\"a\",\"serialNumber\":\"90\",\"modelNumber\":\"1002717\",\"modelName\":\"X2\","
                        + "\"softwareVersion\":\"7.8\",\"partNumber\":\"p\",\"algorithm\":\"CIQ\",\"glucoseUnit\":\"mg/dL\","
                        + "\"lastUploadDate\":\"2026-02-16T22:45:58.123Z\",\"maxDateOfEvents\":\"2022-02-16T22:45:58\","
                        + "\"availableDataRange\":{\"start\":\"2021-01-02T00:00:00\",\"end\":\"2022-02-16\"},"
                        + "\"settings\":{\"id\":1},\"new\":[]}]}");
        assertThat(pumper.country()).isEqualTo("DE");
        assertThat(pumper.lowGlucoseThreshold()).isEqualTo(70);
        Pump pump = pumper.pumps().get(0);
        assertThat(pump.serialNumber()).isEqualTo("90");
        assertThat(pump.modelName()).isEqualTo("X2");
        assertThat(pump.lastUploadDate()).isEqualTo(Instant.parse("2026-02-16T22:45:58.123Z"));
        assertThat(pump.maxDateOfEvents()).isEqualTo(LocalDateTime.parse("2022-02-16T22:45:58"));
        assertThat(pump.firstDay()).isEqualTo(LocalDate.parse("2021-01-02"));
        assertThat(pump.lastDay()).isEqualTo(LocalDate.parse("2022-02-16"));
        assertThat(pump.settingsIfSent())
                .hasValueSatisfying(s -> assertThat(s.get("id").asInt()).isEqualTo(1));
        assertThat(pump.hasData()).isTrue();
    }

    @Test
    void a_pump_that_never_uploaded_has_no_dates() {
        Pump pump = pump(",\"lastUploadDate\":null,\"maxDateOfEvents\":null,"
                + "\"availableDataRange\":{\"start\":null,\"end\":null},\"settings\":null");
        assertThat(pump.hasData()).isFalse();
        assertThat(pump.lastUploadDate()).isNull();
        assertThat(pump.settingsIfSent()).isEmpty();
        assertThat(pump(",\"availableDataRange\":null").hasData()).isFalse();
    }

    @Test
    void everything_but_the_assignment_may_be_absent_or_of_another_type() {
        assertThat(pump("").serialNumber()).isEqualTo("a");
        assertThat(pump(",\"serialNumber\":1234567").serialNumber()).isEqualTo("1234567");
        assertThat(pump(",\"modelName\":{},\"lastUploadDate\":\"yesterday\"").modelName())
                .isNull();
    }

    @Test
    void a_zone_on_the_clock_of_the_pump_is_not_believed() {
        assertThat(pump(",\"maxDateOfEvents\":\"2022-02-16T22:45:58+05:00\"").maxDateOfEvents())
                .isEqualTo(LocalDateTime.parse("2022-02-16T22:45:58"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "<html>",
                "{\"pumps\":null}",
                "{\"pumps\":{}}",
                "{\"pumps\":[{}]}",
                "{\"pumps\":[1]}",
                "{\"pumps\":[]} x",
                "{\"pumps\":[{\"assignmentId\":\"a\",\"maxDateOfEvents\":\"soon\"}]}",
                "{\"pumps\":[{\"assignmentId\":\"a\",\"availableDataRange\":{\"start\":\"2022-02-30\"}}]}"
            })
    void a_list_that_does_not_fit_is_an_error_and_never_an_empty_list(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(UnexpectedAnswerException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"pumps\":[", "{\"pumps\":[{\"assignmentId\":\"a"})
    void a_list_cut_short_is_a_lost_connection(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(ConnectionLostException.class);
    }
}
