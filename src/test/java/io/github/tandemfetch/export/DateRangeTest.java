package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.ExitStatus;
import java.time.LocalDate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DateRangeTest {
    @Test
    void both_ends_one_end_or_none_may_be_given() {
        assertThat(DateRange.parse("2024-02-29", "2024-02-29"))
                .isEqualTo(new DateRange(LocalDate.of(2024, 2, 29), LocalDate.of(2024, 2, 29)));
        assertThat(DateRange.parse("2026-01-01", null)).isEqualTo(new DateRange(LocalDate.of(2026, 1, 1), null));
        assertThat(DateRange.parse(null, "2026-01-01")).isEqualTo(new DateRange(null, LocalDate.of(2026, 1, 1)));
        assertThat(DateRange.parse(null, null)).isEqualTo(DateRange.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30",
                "2025-02-29",
                "2026-13-01",
                "2026-00-10",
                "2026-1-1",
                "20260101",
                "01.02.2026",
                "2026-01-01T00:00:00",
                "2026-01-01 ",
                "",
                "today",
                "+12026-01-01",
                "-2026-01-01",
                "0000-01-01",
                "٢٠٢٦-٠١-٠١"
            })
    void anything_that_is_no_day_is_a_usage_error(String text) {
        assertThatThrownBy(() -> DateRange.parse(text, null))
                .asInstanceOf(InstanceOfAssertFactories.type(ExportArgumentException.class))
                .satisfies(e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE))
                .satisfies(e -> assertThat(e.remedy()).contains("2026-02-08"));
        assertThatThrownBy(() -> DateRange.parse(null, text)).isInstanceOf(ExportArgumentException.class);
    }

    @Test
    void an_end_before_the_start_is_a_usage_error() {
        assertThatThrownBy(() -> DateRange.parse("2026-01-02", "2026-01-01"))
                .isInstanceOf(ExportArgumentException.class)
                .hasMessage("The end date 2026-01-01 is before the start date 2026-01-02.");
    }
}
