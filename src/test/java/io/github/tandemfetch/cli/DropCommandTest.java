package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DropCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void a_table_of_pump_data_is_never_dropped() {
        assertThat(tandem.run("drop", "events", "--force").exits(1).err()).contains("pump data");
    }

    @Test
    void an_unknown_table_is_refused() {
        assertThat(tandem.run("drop", "songs", "--force").exits(2).err()).contains("songs");
    }
}
