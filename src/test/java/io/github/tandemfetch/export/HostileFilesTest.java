package io.github.tandemfetch.export;

import io.github.tandemfetch.config.CredentialsFile;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.fuzz.Mutation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in a file that a person wrote: it is read, or it is a failure of ours, and soon. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileFilesTest {
    private static final int MUTATIONS = 40;
    private static final String CREDENTIALS = """
            [tandem]
            email = "me@example.org"
            password = "p\\u00e4ss"
            region = "EU"
            timezone = 'Europe/Berlin'
            pump_serial = 123
            """;
    private static final String EXPORT = """
            [export]
            tables = ["cgm_readings", "basal_deliveries"]
            format = "csv"
            columns = ["timestamp", "pump_serial"]
            limit = 100000
            overwrite = true
            [export.date_range]
            start_date = "2026-01-01"
            end_date = 2026-01-31
            """;

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void credentials(long seed) throws IOException {
        Mutation mutation = new Mutation(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            readCredentials(mutation.of(CREDENTIALS), "seed " + seed + ", mutation " + i);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_export_configuration(long seed) throws IOException {
        Mutation mutation = new Mutation(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            readExport(mutation.of(EXPORT), "seed " + seed + ", mutation " + i);
        }
    }

    static Stream<String> extremes() {
        return Stream.of(
                "a = " + "[".repeat(200_000),
                "a = " + "{a=".repeat(200_000),
                "[" + "a.".repeat(200_000) + "a]",
                "a.".repeat(200_000) + "a = 1",
                "a = " + "9".repeat(1_000_000),
                "a = 1e999999999",
                "a = \"" + "x".repeat(5_000_000) + "\"",
                "[tandem]\n" + "email = \"a\"\n".repeat(100_000),
                "# " + "x\n# ".repeat(1_000_000),
                "[tandem]\npassword = \"" + "\\n".repeat(500_000) + "\"",
                "\"\"\"".repeat(100_000),
                "");
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void files_that_are_too_much_of_something(String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        readCredentials(bytes, "");
        readExport(bytes, "");
    }

    private void readCredentials(byte[] content, String what) throws IOException {
        Path file = folder.resolve("credentials.toml");
        Files.write(file, content);
        check(() -> new CredentialsFile(file).read(), what, content);
    }

    private void readExport(byte[] content, String what) throws IOException {
        Path file = folder.resolve("export.toml");
        Files.write(file, content);
        check(() -> new ExportConfigFile(file).read(), what, content);
    }

    private static void check(Runnable reading, String what, byte[] content) {
        try {
            reading.run();
        } catch (TandemException known) {
            assertThat(known.getMessage()).as(what).isNotBlank();
        } catch (Throwable surprise) {
            String shown = new String(content, StandardCharsets.UTF_8);
            throw new AssertionError(what + ": " + shown.substring(0, Math.min(2_000, shown.length())), surprise);
        }
    }
}
