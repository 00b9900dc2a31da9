package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void columns_have_types_and_comments() {
        assertThat(tandem.run("schema", "events", "--format", "csv").exits(0).lines())
                .contains("column,type,nullable,comment", "event_id,INTEGER,false,The event's code");
    }

    @Test
    void an_unknown_table_is_named_with_advice() {
        CommandRunner.Result result = tandem.run("schema", "evens").exits(2);
        assertThat(result.err()).contains("There is no table 'evens'", "events");
    }

    @Test
    void a_missing_table_name_is_a_usage_error() {
        assertThat(tandem.run("schema").exits(1).err()).contains("TABLE");
    }
}
