package io.github.tandemfetch.cli;

import io.github.tandemfetch.failure.ExitStatus;
import io.github.tandemfetch.failure.OutputClosedException;
import io.github.tandemfetch.failure.TandemException;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StandardOutputTest {
    private static StandardOutput failingWith(String reason) {
        return new StandardOutput(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(reason);
            }
        });
    }

    @Test
    void a_reader_that_closed_the_pipe_has_an_exit_code_of_its_own() {
        assertThatThrownBy(() -> failingWith("Broken pipe").write('x'))
                .isInstanceOfSatisfying(
                        OutputClosedException.class,
                        e -> assertThat(e.exitStatus().code()).isEqualTo(141));
    }

    @Test
    void a_full_disk_is_a_failure_that_is_reported() {
        assertThatThrownBy(() -> failingWith("No space left on device").write('x'))
                .isInstanceOfSatisfying(
                        TandemException.class, e -> assertThat(e.exitStatus()).isEqualTo(ExitStatus.STORAGE_FAILURE))
                .hasMessageContaining("No space left on device");
    }
}
