package io.github.tandemfetch.pump;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PumpTimestampTest {

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_the_service_writes_is_read_back(long seed) {
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(new Random(seed).nextInt(Integer.MAX_VALUE), 0, ZoneOffset.UTC);
        String text = time.format(java.time.format.DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"));

        assertThat(PumpTimestamp.parse(text)).contains(time);
        assertThat(PumpTimestamp.parse(text + "Z")).contains(time);
        assertThat(PumpTimestamp.parse(text + ".250")).contains(time.plusNanos(250_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-30T10:00:00",
                "2026-13-01T10:00:00",
                "2026-02-01T24:00:00",
                "2026-02-01 10:00:00",
                "2144-02-08T10:00:00",
                "9999-12-31T23:59:59",
                "+292278994-01-01T00:00:00",
                "yesterday",
                "2026-02-01T1x:00:00",
                "1780000000"
            })
    void what_is_no_date_and_time_is_told_apart(String text) {
        assertThat(PumpTimestamp.parse(text)).isEmpty();
    }

    @Test
    void no_text_is_no_time() {
        assertThat(PumpTimestamp.parse(null)).isEmpty();
    }

    @Test
    void seconds_are_counted_from_2008_on_the_pumps_clock() {
        assertThat(PumpTimestamp.ofSeconds(0)).contains(LocalDateTime.of(2008, 1, 1, 0, 0));
        assertThat(PumpTimestamp.ofSeconds(580_000_000)).contains(LocalDateTime.parse("2026-05-18T23:06:40"));
        assertThat(PumpTimestamp.ofSeconds(-1)).isEmpty();
        assertThat(PumpTimestamp.ofSeconds(1L << 32)).isEmpty();
    }
}
