package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExportCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void files_are_written_and_listed() {
        CommandRunner.Result result = tandem.run(
                        "export",
                        "--no-fetch",
                        "-t",
                        "events",
                        "-f",
                        "csv",
                        "-o",
                        folder.resolve("out").toString(),
                        "--json")
                .exits(0);
        assertThat(result.out()).contains("\"success\" : true", "events_");
        assertThat(folder.resolve("out")).isDirectoryContaining("glob:**/events_*.csv");
    }

    @Test
    void standard_output_takes_one_table() {
        assertThat(tandem.run("export", "--no-fetch", "-t", "events", "-f", "csv", "-o", "-")
                        .exits(0)
                        .lines())
                .hasSize(31);
        assertThat(tandem.run("export", "--no-fetch", "-f", "csv", "-o", "-")
                        .exits(1)
                        .err())
                .contains("tables");
    }

    @Test
    void a_dry_run_writes_nothing() {
        assertThat(tandem.run(
                                "export",
                                "--no-fetch",
                                "--dry-run",
                                "-o",
                                folder.resolve("dry").toString())
                        .exits(0)
                        .out())
                .contains("Would write");
        assertThat(folder.resolve("dry")).doesNotExist();
    }

    @Test
    void an_unknown_table_is_refused() {
        assertThat(tandem.run("export", "--no-fetch", "-t", "evens").exits(1).err())
                .contains("evens", "events");
    }

    @Test
    void an_unknown_format_is_refused() {
        assertThat(tandem.run("export", "--no-fetch", "-f", "xml").exits(1).err())
                .contains("xml");
    }
}
