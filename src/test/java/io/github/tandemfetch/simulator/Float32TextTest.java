package io.github.tandemfetch.simulator;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Float32TextTest {
    @ParameterizedTest
    @CsvSource({
        "3.53,3.53",
        "2.0,2",
        "-1.0,-1",
        "0.0,0",
        "-0.0,0",
        "0.1,0.1",
        "NaN,null",
        "Infinity,null",
        "16777216,16777216",
        "2.0E-45,1e-45",
        "1.0E23,1e+23",
        "3.4028235E38,3.4028235e+38",
        "-2.5E-9,-2.5e-9"
    })
    void floats_are_written_as_the_service_writes_them(float value, String text) {
        assertThat(Float32Text.of(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void the_text_reads_back_as_the_same_float_and_no_shorter_one_does(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
                continue;
            }
            String text = Float32Text.of(value);
            assertThat(Float.parseFloat(text)).as("seed %d, %s", seed, text).isEqualTo(value);
            BigDecimal written = new BigDecimal(text).stripTrailingZeros();
            if (written.precision() > 1) {
                // The nearest decimals with one digit less, below and above, are other floats.
                BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(-written.scale() + 1);
                BigDecimal lower = written.divideToIntegralValue(unit).multiply(unit);
                assertThat(lower.floatValue()).as("seed %d, %s", seed, text).isNotEqualTo(value);
                BigDecimal upper = lower.add(unit.multiply(BigDecimal.valueOf(written.signum())));
                assertThat(upper.floatValue()).as("seed %d, %s", seed, text).isNotEqualTo(value);
            }
        }
    }

    @Test
    void thousandths_are_the_shortest_text_of_their_float() {
        for (int thousandths = -2000; thousandths < 999_999; thousandths += 37) {
            JsonText text = new JsonText(16);
            text.thousandths(thousandths);
            assertThat(text.text(0)).isEqualTo(Float32Text.of(thousandths / 1000f));
        }
    }
}
