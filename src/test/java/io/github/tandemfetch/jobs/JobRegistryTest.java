package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class JobRegistryTest {
    private static final JobRequest REQUEST =
            new JobRequest(PumpTable.EVENTS, ExportFormat.CSV, List.of(), null, DateRange.ALL, false);

    @TempDir
    Path folder;

    private ExportJobStore store;

    private JobRegistry opened() throws IOException {
        store = new ExportJobStore(folder.resolve("jobs.jsonl"));
        JobSettings settings =
                new JobSettings(folder.resolve("a.db"), folder, 1, 5, 10, Duration.ofHours(1), Duration.ofMinutes(1));
        JobRegistry registry = new JobRegistry(store, settings, new SettableClock());
        registry.open();
        return registry;
    }

    @Test
    void a_step_that_cannot_be_stored_is_not_seen_so_that_a_kill_undoes_nothing() throws IOException {
        long id;
        try (JobRegistry registry = opened()) {
            id = registry.create(REQUEST, null).job().id();
            store.close();
            registry.step(id, job -> job.failed("why", registry.now()));
            assertThat(registry.find(id).orElseThrow().status()).isEqualTo(JobStatus.PENDING);
            assertThat(registry.isStorable()).isFalse();
        }
        try (JobRegistry afterKill = opened()) {
            assertThat(afterKill.find(id).orElseThrow().status()).isEqualTo(JobStatus.PENDING);
        }
    }

    @Test
    void steps_that_could_not_be_stored_are_stored_as_soon_as_they_can_be_and_then_seen() throws IOException {
        JobRegistry registry = opened();
        long id = registry.create(REQUEST, null).job().id();
        store.close();
        registry.step(id, job -> job.started(7, registry.now()));
        registry.step(id, job -> job.completed(9, 7, registry.now(), Duration.ofHours(1)));
        registry.storeAgain();
        assertThat(registry.find(id).orElseThrow().status()).isEqualTo(JobStatus.PENDING);
        store.open();
        registry.storeAgain();
        assertThat(registry.find(id).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(registry.isStorable()).isTrue();
        registry.close();
        try (JobRegistry again = opened()) {
            assertThat(again.find(id).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }
}
