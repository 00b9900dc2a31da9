package io.github.tandemfetch.config;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessVariablesTest {

    @Test
    void values_are_utf_8_whatever_the_locale_and_may_hold_equals_signs() {
        byte[] environ = "A=\u00fc \u20ac=1\0EMPTY=\0B=two\nlines\0A=again\0".getBytes(StandardCharsets.UTF_8);

        assertThat(ProcessVariables.parse(environ))
                .containsEntry("A", "\u00fc \u20ac=1")
                .containsEntry("EMPTY", "")
                .containsEntry("B", "two\nlines")
                .hasSize(3);
    }

    @Test
    void the_variables_of_this_process_are_there() {
        assertThat(ProcessVariables.read()).containsKey("PATH");
    }
}
