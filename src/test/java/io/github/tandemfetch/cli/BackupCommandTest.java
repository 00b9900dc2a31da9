package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class BackupCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void a_backup_is_restored() {
        Path backup = folder.resolve("backup.db");
        tandem.run("backup", backup.toString()).exits(0);
        assertThat(tandem.run("backup", backup.toString()).exits(3).err()).contains("--overwrite");
        tandem.run("backup", backup.toString(), "--overwrite", "--json").exits(0);
        assertThat(tandem.run("restore", backup.toString()).exits(1).err()).contains("--force");
        tandem.run("restore", backup.toString(), "--force").exits(0);
        assertThat(tandem.run("tables", "--format", "csv").exits(0).out()).contains("events,pump,30,");
    }

    @Test
    void no_database_yet_is_said_with_the_way_to_one() {
        CommandRunner.Result result = tandem.with(
                        "TANDEM_DB", folder.resolve("none.db").toString())
                .run("backup", folder.resolve("x").toString())
                .exits(2);
        assertThat(result.err()).contains("There is no database", "tandem sync");
    }
}
