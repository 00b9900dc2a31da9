package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KeysCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void property_names_are_counted() {
        assertThat(tandem.run("keys", "events", "--format", "csv").exits(0).lines())
                .hasSizeGreaterThan(1);
    }

    @Test
    void an_unknown_table_is_named_with_advice() {
        CommandRunner.Result result = tandem.run("keys", "evens").exits(2);
        assertThat(result.err()).contains("There is no table 'evens'", "events");
    }
}
