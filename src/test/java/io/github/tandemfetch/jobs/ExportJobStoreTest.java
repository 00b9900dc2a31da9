package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExportJobStoreTest {
    private static final Instant NOW = Instant.parse("2026-02-08T10:30:00.123Z");
    private static final JobRequest REQUEST = new JobRequest(
            PumpTable.EVENTS,
            ExportFormat.CSV,
            List.of("id", "a \"b\" \n"),
            5L,
            DateRange.parse("2026-01-01", null),
            true);

    @TempDir
    Path folder;

    private final NavigableMap<Long, ExportJob> jobs = new TreeMap<>();

    private ExportJobStore opened() throws IOException {
        ExportJobStore store = new ExportJobStore(folder.resolve("jobs.jsonl"));
        jobs.clear();
        jobs.putAll(store.open());
        return store;
    }

    private void put(ExportJobStore store, ExportJob job) throws IOException {
        jobs.put(job.id(), job);
        store.put(job, jobs.values());
    }

    @Test
    void a_job_is_read_as_it_was_written_in_every_state() throws IOException {
        ExportJob pending = ExportJob.pending(1, REQUEST, "key", NOW);
        ExportJob running = ExportJob.pending(2, REQUEST, null, NOW).started(7, NOW);
        ExportJob completed =
                ExportJob.pending(3, REQUEST, null, NOW).started(7, NOW).completed(99, 7, NOW, Duration.ofHours(24));
        ExportJob failed = ExportJob.pending(4, REQUEST, null, NOW).failed("why", NOW);
        try (ExportJobStore store = opened()) {
            for (ExportJob job : List.of(pending, running, completed, failed)) {
                put(store, job);
            }
            put(
                    store,
                    ExportJob.pending(5, REQUEST, null, NOW)
                            .started(1, NOW)
                            .completed(1, 1, NOW, Duration.ofHours(1))
                            .expired());
        }
        opened().close();
        assertThat(jobs.values()).startsWith(pending, running, completed, failed);
        assertThat(jobs.get(5L).status()).isEqualTo(JobStatus.EXPIRED);
    }

    @Test
    void numbers_are_never_given_twice() throws IOException {
        try (ExportJobStore store = opened()) {
            put(store, ExportJob.pending(9, REQUEST, null, NOW));
            jobs.remove(9L);
            store.remove(9, jobs.values());
        }
        for (int i = 0; i < 2; i++) {
            try (ExportJobStore store = opened()) {
                assertThat(jobs).isEmpty();
                assertThat(store.lastId()).isEqualTo(9);
            }
        }
    }

    @Test
    void what_a_crash_has_cut_is_left_out_at_every_place() throws IOException {
        try (ExportJobStore store = opened()) {
            put(store, ExportJob.pending(1, REQUEST, null, NOW));
            put(store, jobs.get(1L).started(7, NOW));
        }
        Path file = folder.resolve("jobs.jsonl");
        byte[] whole = Files.readAllBytes(file);
        for (int length = whole.length - 1; length > 0; length -= 3) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try (ExportJobStore store = opened()) {
                assertThat(jobs.size()).isLessThanOrEqualTo(1);
                put(store, ExportJob.pending(store.lastId() + 1, REQUEST, null, NOW));
            }
            opened().close();
            assertThat(jobs).as("cut to %d bytes", length).isNotEmpty();
        }
    }

    @Test
    void the_name_of_a_file_is_built_from_the_job_and_never_read() throws IOException {
        try (ExportJobStore store = opened()) {
            put(
                    store,
                    ExportJob.pending(3, REQUEST, null, NOW)
                            .started(7, NOW)
                            .completed(99, 7, NOW, Duration.ofHours(24)));
        }
        Path file = folder.resolve("jobs.jsonl");
        String name = "events_20260208_103000_job3.csv.gz";
        String text = Files.readString(file);
        assertThat(text).contains(name);
        for (String crafted : List.of("../../etc/passwd", "/etc/passwd", "..", "", "files/../lock")) {
            Files.writeString(file, text.replace(name, crafted));
            opened().close();
            assertThat(jobs.get(3L).fileName()).as(crafted).isEqualTo(name);
        }
    }

    @Test
    void a_job_whose_fields_contradict_each_other_is_left_out() throws IOException {
        try (ExportJobStore store = opened()) {
            put(
                    store,
                    ExportJob.pending(3, REQUEST, null, NOW)
                            .started(7, NOW)
                            .completed(99, 7, NOW, Duration.ofHours(24)));
        }
        Path file = folder.resolve("jobs.jsonl");
        String text = Files.readString(file);
        for (String crafted : List.of(
                text.replace("\"file_size_bytes\":99", "\"file_size_bytes\":null"),
                text.replace("\"file_size_bytes\":99", "\"file_size_bytes\":-1"),
                text.replace("\"status\":\"completed\"", "\"status\":\"pending\""),
                text.replace("\"id\":3", "\"id\":-3"),
                text.replace("\"id\":3", "\"id\":9223372036854775807"),
                text.replaceAll("\"expires_at\":\"[^\"]*\"", "\"expires_at\":null"),
                text.replaceAll("\"created_at\":\"[^\"]*\"", "\"created_at\":\"+999999-01-01T00:00:00Z\""),
                text.replace("\"table_name\":\"events\"", "\"table_name\":\"../events\""))) {
            assertThat(crafted).isNotEqualTo(text);
            Files.writeString(file, crafted);
            try (ExportJobStore store = opened()) {
                assertThat(jobs).as(crafted).isEmpty();
                assertThat(store.lastId()).isNotNegative();
            }
        }
    }

    @Test
    void a_line_that_makes_no_sense_costs_no_other_job() throws IOException {
        try (ExportJobStore store = opened()) {
            put(store, ExportJob.pending(1, REQUEST, null, NOW));
        }
        Files.writeString(
                folder.resolve("jobs.jsonl"), "nonsense\n{\"job\":{\"id\":5}}\n[]\n\n", StandardOpenOption.APPEND);
        opened().close();
        assertThat(jobs.keySet()).containsExactly(1L);
    }

    @Test
    void a_letter_that_a_crash_has_cut_in_two_costs_no_job() throws IOException {
        try (ExportJobStore store = opened()) {
            put(store, ExportJob.pending(1, REQUEST, null, NOW));
        }
        byte[] half = {'{', '"', (byte) 0xc3};
        Files.write(folder.resolve("jobs.jsonl"), half, StandardOpenOption.APPEND);
        opened().close();
        assertThat(jobs.keySet()).containsExactly(1L);
    }

    @Test
    void the_journal_is_its_owners_only_and_is_written_anew_when_it_is_long() throws IOException {
        Path file = folder.resolve("jobs.jsonl");
        try (ExportJobStore store = opened()) {
            for (int i = 0; i < 2_100; i++) {
                jobs.put(1L, ExportJob.pending(1, REQUEST, null, NOW));
                store.put(jobs.get(1L), jobs.values());
            }
        }
        try (var lines = Files.lines(file)) {
            assertThat(lines.count()).isLessThan(200);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_link_is_no_store() throws IOException {
        Files.createSymbolicLink(folder.resolve("jobs.jsonl"), folder.resolve("elsewhere"));
        assertThatThrownBy(this::opened).isInstanceOf(IOException.class);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }
}
