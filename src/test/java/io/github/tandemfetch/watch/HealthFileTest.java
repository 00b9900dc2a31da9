package io.github.tandemfetch.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.tandemfetch.failure.TandemException;
import io.github.tandemfetch.pipeline.SyncPass;
import io.github.tandemfetch.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What others learn of a loop from its file. */
class HealthFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();

    private HealthFile file(Path path) {
        return new HealthFile(path, Duration.ofMinutes(5), Clock.fixed(NOW, ZoneOffset.UTC), warnings::add);
    }

    private JsonNode read() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("new/health.json").toFile());
    }

    private static WatchCycle cycle(long number, SyncPass pass, TandemException failure, int inARow) {
        return new WatchCycle(
                number,
                NOW,
                Duration.ofSeconds(2),
                Optional.ofNullable(pass),
                Optional.ofNullable(failure),
                inARow,
                Optional.of(NOW.plusSeconds(300)));
    }

    @Test
    void it_tells_of_the_beginning_of_each_cycle_and_of_the_end() throws IOException {
        HealthFile health = file(folder.resolve("new/health.json"));
        health.begin();
        assertThat(read().path("status").asText()).isEqualTo("starting");
        assertThat(read().path("pid").asLong())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("new/health.json"))))
                .isEqualTo("rw-------");

        health.cycleEnded(cycle(1, new SyncPass(12, Optional.of(NOW.minusSeconds(60)), true, true), null, 0));
        assertThat(read().path("status").asText()).isEqualTo("ok");
        assertThat(read().path("new_events").asLong()).isEqualTo(12);
        assertThat(read().path("newest_event").asText()).isEqualTo("2026-11-21T11:59:00Z");
        assertThat(read().path("last_success_at").asText()).isEqualTo("2026-11-21T12:00:02Z");
        assertThat(read().path("next_cycle_at").asText()).isEqualTo("2026-11-21T12:05:00Z");

        health.cycleEnded(cycle(2, null, new SourceException("CONNECTION_LOST", "No answer.", "Wait."), 1));
        assertThat(read().path("status").asText()).isEqualTo("failing");
        assertThat(read().path("error").asText()).isEqualTo("CONNECTION_LOST");
        assertThat(read().path("failures_in_a_row").asInt()).isEqualTo(1);
        assertThat(read().path("last_success_at").asText()).isEqualTo("2026-11-21T12:00:02Z");

        health.cycleEnded(cycle(3, new SyncPass(0, Optional.empty(), false, true), null, 0));
        assertThat(read().path("status").asText()).isEqualTo("incomplete");
        assertThat(read().path("error").isNull()).isTrue();

        health.ended();
        assertThat(read().path("status").asText()).isEqualTo("stopped");
        assertThat(read().path("next_cycle_at").isNull()).isTrue();
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void one_that_cannot_be_written_is_an_error_at_the_start_and_one_warning_later() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file").resolve("health.json");
        HealthFile health = file(blocked);
        assertThatThrownBy(health::begin).isInstanceOf(TandemException.class).hasMessageContaining("health.json");

        WatchCycle cycle = cycle(1, new SyncPass(0, Optional.empty(), true, false), null, 0);
        health.cycleEnded(cycle);
        health.cycleEnded(cycle);
        assertThat(warnings).hasSize(1);
    }
}
