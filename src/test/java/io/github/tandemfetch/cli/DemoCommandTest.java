package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class DemoCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @Test
    void a_demo_of_no_days_is_refused() {
        assertThat(tandem.run("demo", "--days", "0").exits(1).err()).contains("day");
    }
}
