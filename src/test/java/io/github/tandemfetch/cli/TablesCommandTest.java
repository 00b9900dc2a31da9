package io.github.tandemfetch.cli;

import io.github.tandemfetch.domain.PumpTable;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TablesCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void each_table_is_listed_with_its_rows() {
        assertThat(tandem.run("tables", "--format", "csv").exits(0).lines())
                .hasSize(1 + PumpTable.all().size())
                .contains("table,type,rows,first,last")
                .anyMatch(line -> line.startsWith("raw_events,pump,30,"));
    }

    @Test
    void json_is_an_array() {
        assertThat(tandem.run("tables", "--json").exits(0).out())
                .startsWith("[")
                .contains("\"table\"");
    }

    @Test
    void no_database_yet_is_said_with_the_way_to_one() {
        CommandRunner.Result result = tandem.with(
                        "TANDEM_DB", folder.resolve("none.db").toString())
                .run("tables")
                .exits(2);
        assertThat(result.err()).contains("There is no database", "tandem sync");
    }

    @Test
    void an_unknown_format_is_refused() {
        assertThat(tandem.run("tables", "--format", "yaml").exits(1).err()).contains("yaml");
    }
}
