package io.github.tandemfetch.cli;

import io.github.tandemfetch.store.DatabaseOpener;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class VerifyCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void damage_ends_with_exit_code_3() {
        assertThat(tandem.run("verify", "-q").exits(3).out()).contains("raw_events");
    }

    @Test
    void no_database_yet_is_said_with_the_way_to_one() {
        CommandRunner.Result result = tandem.with(
                        "TANDEM_DB", folder.resolve("none.db").toString())
                .run("verify")
                .exits(2);
        assertThat(result.err()).contains("There is no database", "tandem sync");
    }

    @Test
    void an_empty_database_cannot_be_verified() {
        Path empty = folder.resolve("empty.db");
        new DatabaseOpener().openForWriting(empty).close();
        assertThat(tandem.run("verify", "--db", empty.toString()).exits(2).err())
                .contains("nothing to verify");
    }

    @Test
    void a_negative_limit_is_refused() {
        tandem.run("verify", "--limit", "-1").exits(1);
    }
}
