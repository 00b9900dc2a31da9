package io.github.tandemfetch.export;

import io.github.tandemfetch.failure.ExitStatus;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExportFormatTest {
    @ParameterizedTest
    @EnumSource
    void every_format_is_found_by_its_extension_in_any_case(ExportFormat format) {
        assertThat(ExportFormat.parse(format.extension())).isEqualTo(format);
        assertThat(ExportFormat.parse(format.name())).isEqualTo(format);
    }

    @Test
    void a_misspelt_format_is_a_usage_error_with_a_suggestion() {
        assertThatThrownBy(() -> ExportFormat.parse("parqet"))
                .asInstanceOf(InstanceOfAssertFactories.type(ExportArgumentException.class))
                .satisfies(e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE))
                .satisfies(e -> assertThat(e.getMessage()).isEqualTo("There is no export format 'parqet'."))
                .satisfies(e -> assertThat(e.remedy()).isEqualTo("Did you mean 'parquet'?"));
    }
}
