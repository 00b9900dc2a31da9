package io.github.tandemfetch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The export step of docs/ci-job.md, its very text, run as GitHub runs it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CiJobIT {
    private static final Path DOCUMENT = Path.of("docs/ci-job.md");

    @TempDir
    Path folder;

    @BeforeEach
    void requireJq() {
        boolean installed = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "jq")));
        if (!installed) {
            System.err.println("NOT TESTED: the CI job step, because jq is not installed here.");
        }
        Assumptions.assumeTrue(installed, "jq is not installed");
    }

    @Test
    void the_documented_step_exports_and_shows_a_table_and_the_number_of_rows() throws Exception {
        TandemProcess tandem = new TandemProcess(folder);
        tandem.run("demo", "--days", "3", "-q").exits(0);

        Step step = run(real());

        assertThat(step.exitCode()).as(step.said()).isZero();
        assertThat(step.said()).doesNotContain("::");
        assertThat(step.summary())
                .containsPattern("\\| cgm_readings \\| \\d+ \\| \\d+ \\|\n\\| basal_deliveries \\| \\d+");
        assertThat(step.outputs()).matches("rows=[1-9]\\d+\n");
        try (Stream<Path> files = Files.list(folder.resolve("artifacts"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void the_documented_step_fails_with_the_programs_words_and_exit_code() throws Exception {
        Step step = run(real());

        assertThat(step.exitCode()).isEqualTo(2);
        assertThat(step.said()).startsWith("::error::There is no database").contains("tandem sync");
        assertThat(step.outputs()).isEmpty();
    }

    @Test
    void the_documented_step_warns_of_a_table_that_failed_and_goes_on() throws Exception {
        Step step = run("""
                echo '{"results": [
                  {"table": "cgm_readings", "success": true, "rows_exported": 7, "file_size_bytes": 70},
                  {"table": "basal_deliveries", "success": false, "rows_exported": 0, "error": "disk full"}
                ], "total_rows": 7}'
                exit 5
                """);

        assertThat(step.exitCode()).as(step.said()).isZero();
        assertThat(step.said()).isEqualTo("::warning::basal_deliveries: disk full\n");
        assertThat(step.summary()).endsWith("| cgm_readings | 7 | 70 |\n");
    }

    @Test
    void the_documented_step_fails_where_there_is_nothing_to_export() throws Exception {
        Step step = run("echo '{\"results\": [], \"total_rows\": 0}'");

        assertThat(step.exitCode()).isEqualTo(1);
        assertThat(step.said()).isEqualTo("::error::There is nothing to export.\n");
    }

    /** What a step left behind. */
    private record Step(int exitCode, String said, String summary, String outputs) {}

    private Step run(String program) throws IOException, InterruptedException {
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path tandem = Files.writeString(bin.resolve("tandem"), "#!/bin/sh\n" + program);
        Files.setPosixFilePermissions(tandem, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path script = Files.writeString(folder.resolve("step.sh"), documentedStep());
        Path summary = Files.createFile(folder.resolve("summary.md"));
        Path outputs = Files.createFile(folder.resolve("outputs"));
        Path said = folder.resolve("said");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH",
                        bin + ":" + System.getenv("PATH"),
                        "HOME",
                        folder.resolve("home").toString(),
                        "TANDEM_DB",
                        "data/demo.db",
                        "TANDEM_EXPORT_DIR",
                        "artifacts",
                        "GITHUB_STEP_SUMMARY",
                        summary.toString(),
                        "GITHUB_OUTPUT",
                        outputs.toString()));
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the step ended").isTrue();
        return new Step(
                process.exitValue(), Files.readString(said), Files.readString(summary), Files.readString(outputs));
    }

    private static String real() {
        return "exec '" + String.join("' '", PackagedProgram.command()) + "' \"$@\"\n";
    }

    private static String documentedStep() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> step = lines.subList(lines.indexOf("        id: export"), lines.size());
        List<String> script = step.subList(step.indexOf("        run: |") + 1, step.size());
        return script.stream()
                .takeWhile(line -> line.isEmpty() || line.startsWith(" ".repeat(10)))
                .map(line -> line.isEmpty() ? line : line.substring(10))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
