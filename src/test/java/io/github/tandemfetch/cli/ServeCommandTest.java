package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ServeCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void a_port_that_is_none_is_refused() {
        assertThat(tandem.run("serve", "--port", "eighty").exits(1).err()).contains("--port");
    }

    @Test
    void a_retention_that_is_none_is_refused() {
        assertThat(tandem.run("serve", "--expire-after", "soon").exits(1).err()).contains("--expire-after");
    }
}
