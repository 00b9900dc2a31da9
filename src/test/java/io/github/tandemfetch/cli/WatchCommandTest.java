package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WatchCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @Test
    void an_interval_that_is_none_is_refused() {
        assertThat(tandem.run("watch", "--interval", "often").exits(1).err()).contains("--interval");
    }

    @Test
    void without_credentials_it_says_what_is_missing() {
        assertThat(tandem.run("watch", "--once").exits(1).err()).contains("tandem login");
    }
}
