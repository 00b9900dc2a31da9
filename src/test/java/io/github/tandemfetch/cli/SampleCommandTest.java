package io.github.tandemfetch.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SampleCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void the_same_rows_come_each_time() {
        String first = tandem.run("sample", "events", "--limit", "3", "--format", "jsonl")
                .exits(0)
                .out();
        assertThat(first.lines()).hasSize(3);
        assertThat(tandem.run("sample", "events", "--limit", "3", "--format", "jsonl")
                        .out())
                .isEqualTo(first);
    }

    @Test
    void an_unknown_table_is_named_with_advice() {
        CommandRunner.Result result = tandem.run("sample", "evens").exits(2);
        assertThat(result.err()).contains("There is no table 'evens'", "events");
    }

    @Test
    void a_negative_limit_is_refused() {
        tandem.run("sample", "events", "--limit", "-1").exits(1);
    }
}
