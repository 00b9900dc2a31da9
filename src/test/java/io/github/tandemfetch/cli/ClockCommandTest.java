package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ClockCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void without_a_timeline_there_is_nothing_to_show() {
        assertThat(tandem.run("clock", "--json").exits(0).out()).contains("\"pumps\"");
    }

    @Test
    void no_database_yet_is_said_with_the_way_to_one() {
        CommandRunner.Result result = tandem.with(
                        "TANDEM_DB", folder.resolve("none.db").toString())
                .run("clock")
                .exits(2);
        assertThat(result.err()).contains("There is no database", "tandem sync");
    }

    @Test
    void an_unknown_pump_is_refused() {
        assertThat(tandem.run("clock", "--pump", "123").exits(1).err()).contains("no pump '123'");
    }
}
