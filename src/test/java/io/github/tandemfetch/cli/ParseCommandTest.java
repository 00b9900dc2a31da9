package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ParseCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void events_are_parsed_from_raw_events() {
        tandem.run("parse", "--rebuild", "--timezone", "Europe/Berlin").exits(0);
        tandem.run("parse", "--json").exits(0);
    }

    @Test
    void no_database_yet_is_said_with_the_way_to_one() {
        CommandRunner.Result result = tandem.with(
                        "TANDEM_DB", folder.resolve("none.db").toString())
                .run("parse")
                .exits(2);
        assertThat(result.err()).contains("There is no database", "tandem sync");
    }

    @Test
    void an_unknown_zone_is_refused() {
        assertThat(tandem.run("parse", "--timezone", "Europe/Berln").exits(1).err())
                .contains("Europe/Berln");
    }
}
