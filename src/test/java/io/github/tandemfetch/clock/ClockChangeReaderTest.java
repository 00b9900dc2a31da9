package io.github.tandemfetch.clock;

import io.github.tandemfetch.clock.ClockChange.Kind;
import io.github.tandemfetch.pump.SequencePosition;
import java.time.LocalDateTime;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClockChangeReaderTest {
    private static final SequencePosition POSITION = new SequencePosition(1, 7);
    private static final LocalDateTime STAMP = LocalDateTime.parse("2026-03-12T16:27:00");

    private final ClockChangeReader reader = new ClockChangeReader();

    private ClockChange read(int code, String properties) {
        return reader.read(POSITION, code, STAMP, "{\"eventProperties\":" + properties + "}")
                .orElseThrow();
    }

    @Test
    void a_change_of_time_counts_milliseconds_and_one_of_date_days() {
        assertThat(read(13, "{\"timePrior\":55620000,\"timeAfter\":59220000,\"rawRtcTime\":1}"))
                .isEqualTo(new ClockChange(POSITION, Kind.TIME, STAMP, 55_620_000L, 59_220_000L));
        assertThat(read(14, "{\"datePrior\":6644,\"dateAfter\":6645}").deltaMillis())
                .isEqualTo(OptionalLong.of(86_400_000L));
    }

    @Test
    void values_that_are_missing_or_no_numbers_are_not_known() {
        assertThat(read(13, "{\"timePrior\":null}").deltaMillis()).isEmpty();
        assertThat(read(13, "null").deltaMillis()).isEmpty();
        assertThat(read(13, "{\"timePrior\":[1],\"timeAfter\":\"x\"}").deltaMillis())
                .isEmpty();
        assertThat(read(13, "{\"timePrior\":99999999999,\"timeAfter\":0}").deltaMillis())
                .isEmpty();
        assertThat(reader.read(POSITION, 13, null, "no json").orElseThrow().deltaMillis())
                .isEmpty();
    }

    @Test
    void where_the_value_after_is_missing_the_stamp_has_it() {
        assertThat(read(13, "{\"timePrior\":55620000}").deltaMillis()).isEqualTo(OptionalLong.of(3_600_000L));
    }

    @Test
    void any_other_event_is_no_change_of_the_clock() {
        assertThat(reader.read(POSITION, 279, STAMP, "{}")).isEmpty();
    }

    @Test
    void the_stamp_may_be_of_the_clock_before_the_change() {
        assertThat(new ClockChange(POSITION, Kind.TIME, STAMP, 59_220_000L, 62_820_000L).isStampedBefore())
                .isTrue();
        assertThat(new ClockChange(POSITION, Kind.TIME, STAMP, 55_620_000L, 59_220_000L).isStampedBefore())
                .isFalse();
    }
}
