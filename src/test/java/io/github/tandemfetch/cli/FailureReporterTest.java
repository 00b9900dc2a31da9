package io.github.tandemfetch.cli;

import io.github.tandemfetch.config.Environment;
import io.github.tandemfetch.failure.ExitStatus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

import static org.assertj.core.api.Assertions.assertThat;

class FailureReporterTest {
    @Command(name = "broken")
    static class Broken implements Runnable {
        @Override
        public void run() {
            throw new NoSuchMethodError("a method that is not there");
        }
    }

    @Test
    void an_error_of_the_virtual_machine_is_reported_like_any_other_failure() {
        Path here = Path.of("").toAbsolutePath();
        Output output = new Output(new Terminal(new Environment(Map.of(), here, here)));
        CommandLine commandLine = new CommandLineConfiguration().configured(new CommandLine(new Broken()), output);

        assertThat(commandLine.execute()).isEqualTo(ExitStatus.STORAGE_FAILURE.code());
    }

    @Test
    void a_heap_that_is_too_small_is_told_in_words() {
        ErrorReport report = ErrorReport.unexpected(new OutOfMemoryError("Java heap space"));

        assertThat(report.exitCode()).isEqualTo(ExitStatus.STORAGE_FAILURE.code());
        assertThat(report.message()).isEqualTo("Not enough memory.");
        assertThat(report.remedy()).contains("-Xmx").doesNotContain("OutOfMemoryError");
    }
}
