package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ExtractCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void a_table_is_filled_again() {
        assertThat(tandem.run("extract", "basal_deliveries", "--json").exits(0).out())
                .contains("basal_deliveries");
    }

    @Test
    void a_table_that_is_no_domain_table_is_refused() {
        assertThat(tandem.run("extract", "events").exits(1).err()).contains("not a domain table", "cgm_readings");
    }

    @Test
    void no_database_yet_is_said_with_the_way_to_one() {
        CommandRunner.Result result = tandem.with(
                        "TANDEM_DB", folder.resolve("none.db").toString())
                .run("extract")
                .exits(2);
        assertThat(result.err()).contains("There is no database", "tandem sync");
    }
}
