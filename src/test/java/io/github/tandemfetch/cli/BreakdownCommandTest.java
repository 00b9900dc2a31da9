package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BreakdownCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void events_are_counted_by_name() {
        assertThat(tandem.run("breakdown", "events", "--json").exits(0).out()).contains("event_name", "count");
    }

    @Test
    void an_unknown_table_is_named_with_advice() {
        CommandRunner.Result result = tandem.run("breakdown", "evens").exits(2);
        assertThat(result.err()).contains("There is no table 'evens'", "events");
    }

    @Test
    void a_table_without_event_names_is_refused() {
        assertThat(tandem.run("breakdown", "cgm_readings").exits(1).err()).contains("has no event names");
    }
}
