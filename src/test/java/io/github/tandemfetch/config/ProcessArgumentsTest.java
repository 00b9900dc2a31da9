package io.github.tandemfetch.config;

import io.github.tandemfetch.failure.ExitStatus;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ProcessArgumentsTest {
    private static final String TYPED = "SELECT 'ü€😀'";

    @TempDir
    Path folder;

    private ProcessArguments arguments(byte[] commandLine, Charset charset) throws IOException {
        return new ProcessArguments(Files.write(folder.resolve("cmdline"), commandLine), charset);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String asAscii(String text) {
        return new String(utf8(text), StandardCharsets.US_ASCII);
    }

    @Test
    void arguments_that_ascii_cannot_say_are_read_again_as_utf_8() throws IOException {
        byte[] commandLine = utf8("java\0-Dä=ö\0-jar\0tandem.jar\0query\0\0" + TYPED + "\0");

        assertThat(arguments(commandLine, StandardCharsets.US_ASCII).read("query", "", asAscii(TYPED)))
                .containsExactly("query", "", TYPED);
    }

    @Test
    void arguments_of_another_locale_are_left_alone() throws IOException {
        byte[] commandLine = "tandem\0ü\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(arguments(commandLine, StandardCharsets.ISO_8859_1).read("ü"))
                .containsExactly("ü");
        assertThat(arguments(utf8("tandem\0\uFFFD\0"), StandardCharsets.UTF_8).read("\uFFFD"))
                .containsExactly("\uFFFD");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_in_a_utf_8_locale() throws IOException {
        byte[] commandLine = "tandem\0ü\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(catchThrowableOfType(
                        ConfigurationException.class,
                        () -> arguments(commandLine, StandardCharsets.UTF_8).read("\uFFFD")))
                .hasMessageContaining("Argument 1");
    }

    @Test
    void what_cannot_be_read_again_is_refused_by_its_position() throws IOException {
        ProcessArguments fromFile = arguments(utf8("java\0@options\0"), StandardCharsets.US_ASCII);
        ProcessArguments latin =
                arguments("tandem\0query\0ü\0".getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.US_ASCII);
        ProcessArguments elsewhere = new ProcessArguments(folder.resolve("none"), StandardCharsets.US_ASCII);

        for (ProcessArguments arguments : new ProcessArguments[] {fromFile, latin, elsewhere}) {
            ConfigurationException failure =
                    catchThrowableOfType(ConfigurationException.class, () -> arguments.read("query", "\uFFFD"));

            assertThat(failure).hasMessage("Argument 2 has letters that cannot be read in this locale.");
            assertThat(failure.remedy()).contains("LC_ALL=C.UTF-8");
            assertThat(failure.exitStatus()).isEqualTo(ExitStatus.INVALID_USAGE);
        }
    }
}
