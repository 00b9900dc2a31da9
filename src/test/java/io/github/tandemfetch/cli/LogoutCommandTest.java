package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogoutCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @Test
    void nothing_to_remove_is_no_failure() {
        tandem.with("TANDEM_CREDENTIALS", folder.resolve("none.toml").toString())
                .run("logout")
                .exits(0);
    }
}
