package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class StatusCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void settings_and_tables_are_shown() {
        assertThat(tandem.run("status").exits(0).out()).contains("TANDEM_DB", "raw_events");
    }

    @Test
    void json_has_settings_and_database() {
        assertThat(tandem.run("status", "--json").exits(0).out()).contains("\"settings\"", "\"database\"");
    }

    @Test
    void no_database_is_no_failure() {
        assertThat(tandem.with("TANDEM_DB", folder.resolve("none.db").toString())
                        .run("status")
                        .exits(0)
                        .out())
                .contains("none.db");
    }
}
