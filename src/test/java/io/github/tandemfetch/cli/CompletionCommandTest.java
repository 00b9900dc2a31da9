package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void each_shell_has_a_script(String shell) {
        assertThat(tandem.run("completion", shell).exits(0).out()).contains("tandem", "breakdown");
    }

    @Test
    void another_shell_is_refused() {
        assertThat(tandem.run("completion", "tcsh").exits(1).err()).contains("bash", "zsh", "fish");
    }
}
