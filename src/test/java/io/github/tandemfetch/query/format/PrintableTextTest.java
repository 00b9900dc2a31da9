package io.github.tandemfetch.query.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrintableTextTest {
    @ParameterizedTest
    @ValueSource(
            chars = {
                0, 7, 8, '\t', '\n', '\r', 27, 31, 127, 0x80, 0x85, 0x9b, 0x9d, 0x9f, '\u2028', '\u2029', '\u202a',
                '\u202e', '\u2066', '\u2069'
            })
    void what_a_terminal_would_obey_is_shown_instead(char escapes) {
        assertThat(PrintableText.line("a" + escapes + "b")).matches("a\\\\(?:[nrt]|u[0-9a-f]{4})b");
    }

    @Test
    void all_other_text_is_left_alone() {
        String text = "ä 漢 😀 \\u001b … \u00a0\u200f~";
        assertThat(PrintableText.line(text)).isSameAs(text);
        assertThat(PrintableText.line(PrintableText.line("\u001b["))).isEqualTo("\\u001b[");
    }

    @Test
    void a_json_document_stays_the_same_document() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Map<String, String> document = Map.of("na\u009bme", "\u001b[31m\u007f\u202e\n\ttext");
        String printed =
                PrintableText.json(json.writerWithDefaultPrettyPrinter().writeValueAsString(document));

        assertThat(printed)
                .doesNotContain("\u001b", "\u007f", "\u009b", "\u202e")
                .contains("\n");
        assertThat(json.readTree(printed)).isEqualTo(json.valueToTree(document));
    }
}
