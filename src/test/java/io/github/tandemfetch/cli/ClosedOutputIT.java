package io.github.tandemfetch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A reader that closes the pipe, such as {@code head}, ends every command quietly. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ClosedOutputIT {
    @TempDir
    static Path folder;

    @BeforeAll
    static void write_a_history() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        SampleHistory.write(folder.resolve("data/tandem.db"), 20_000);
        new TandemProcess(folder).run("status").exits(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "export --no-fetch -t events -f csv -o -",
                "query 'FROM events' -f csv",
                "query 'FROM events' -f jsonl",
                "query 'FROM events'",
                "sample events --limit 5000 -f json",
                "tables",
                "status --json",
                "verify",
                "completion bash",
                "export --help",
                "--help",
                "--version"
            })
    void it_ends_with_141_and_says_nothing(String arguments) throws IOException, InterruptedException {
        String program = String.join(" ", PackagedProgram.command());
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        // The reader is gone before the program has written anything; bash tells how the program ended.
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        "( sleep 0.3; exec " + program + " " + arguments + " ) 2>err | true; exit ${PIPESTATUS[0]}")
                .directory(folder.toFile());
        builder.environment().put("HOME", folder.resolve("home").toString());
        builder.environment().put("TMPDIR", temporary.toString());
        Process process = builder.start();

        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("err")).content().isEmpty();
        assertThat(process.exitValue()).isEqualTo(141);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }
}
