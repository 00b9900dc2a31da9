package io.github.tandemfetch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LoadCommandTest {
    @TempDir
    static Path folder;

    private final CommandRunner tandem = new CommandRunner(folder);

    @BeforeAll
    static void make_a_database() {
        SampleHistory.write(folder.resolve("tandem.db"), 30);
    }

    @Test
    void events_are_loaded_once() throws IOException {
        Path input = Files.writeString(
                folder.resolve("songs.jsonl"),
                "{\"event_name\":\"a\",\"event_time\":\"2026-01-01T00:00:00Z\",\"distinct_id\":\"d\",\"insert_id\":\"1\",\"properties\":{}}\n");
        tandem.run("load", "events", "songs", input.toString()).exits(0);
        assertThat(tandem.run("tables", "--format", "csv").out()).contains("songs,events,1,");
        assertThat(tandem.run("load", "events", "songs", input.toString())
                        .exits(1)
                        .err())
                .contains("--append");
        tandem.run("load", "events", "songs", input.toString(), "--append", "--json")
                .exits(0);
        tandem.run("drop", "songs", "--force").exits(0);
        assertThat(tandem.run("tables", "--format", "csv").out()).doesNotContain("songs");
    }

    @Test
    void an_invalid_record_is_named_with_its_line() throws IOException {
        Path input = Files.writeString(folder.resolve("bad.jsonl"), "{\"distinct_id\":\"d\"}\n");
        assertThat(tandem.run("load", "profiles", "people", input.toString())
                        .exits(1)
                        .err())
                .contains("Line 1");
    }

    @Test
    void a_missing_file_is_named() {
        assertThat(tandem.run("load", "events", "songs", folder.resolve("none").toString())
                        .exits(1)
                        .err())
                .contains("none");
    }

    @Test
    void load_alone_is_a_usage_error() {
        tandem.run("load").exits(1);
    }
}
