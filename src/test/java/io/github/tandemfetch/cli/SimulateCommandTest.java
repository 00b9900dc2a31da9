package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @Test
    void a_day_that_is_none_is_refused() {
        tandem.run("simulate", "--last-day", "yesterday").exits(1);
    }

    @Test
    void too_many_pumps_are_refused() {
        tandem.run("simulate", "--pumps", "9").exits(1);
    }
}
