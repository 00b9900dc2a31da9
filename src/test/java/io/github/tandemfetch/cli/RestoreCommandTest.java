package io.github.tandemfetch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RestoreCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("text.db"), "no database");
        assertThat(tandem.run("restore", text.toString(), "--force").exits(3).err())
                .contains("text.db");
    }

    @Test
    void a_missing_backup_is_named() {
        assertThat(tandem.run("restore", folder.resolve("gone.db").toString(), "--force")
                        .status())
                .isNotZero();
    }
}
