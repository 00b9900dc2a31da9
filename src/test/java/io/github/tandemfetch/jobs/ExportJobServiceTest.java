package io.github.tandemfetch.jobs;

import io.github.tandemfetch.domain.LoadedTable;
import io.github.tandemfetch.domain.PumpTable;
import io.github.tandemfetch.export.DateRange;
import io.github.tandemfetch.export.ExportFormat;
import io.github.tandemfetch.export.ExportService;
import io.github.tandemfetch.store.DatabaseOpener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ExportJobServiceTest {
    private static final int ROWS = 300_000;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private final DatabaseTurns turns = new DatabaseTurns();
    private ExportJobService service;

    @BeforeAll
    static void write_a_history_once() {
        JobHistory.write(shared.resolve("large.db"), ROWS);
    }

    @AfterEach
    void end() {
        if (service != null) {
            service.stop();
        }
    }

    private JobSettings settings(int workers, int queue, int kept) {
        return new JobSettings(
                shared.resolve("large.db"),
                folder.resolve("jobs"),
                workers,
                queue,
                kept,
                Duration.ofHours(24),
                Duration.ofMinutes(1));
    }

    private ExportJobService start(int workers, int queue) {
        return start(settings(workers, queue, 1_000));
    }

    private ExportJobService start(JobSettings settings) {
        service = new ExportJobService(settings, new ExportService(new DatabaseOpener()), turns, clock);
        service.start();
        service.resume();
        return service;
    }

    private static JobRequest request(Long limit) {
        return new JobRequest(PumpTable.RAW_EVENTS, ExportFormat.CSV, List.of(), limit, DateRange.ALL, false);
    }

    private long create(Long limit) {
        return service.create(request(limit), null).job().id();
    }

    private ExportJob await(long id, JobStatus... wanted) {
        until(() -> List.of(wanted).contains(service.find(id).status()));
        return service.find(id);
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("jobs/files"))) {
            return new HashSet<>(
                    files.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void a_job_runs_with_growing_progress_until_its_file_is_there() throws IOException {
        start(1, 5);
        long id = create(null);
        Set<Long> progress = new HashSet<>();
        until(() -> {
            ExportJob job = service.find(id);
            if (job.status() == JobStatus.RUNNING) {
                assertThat(job.totalRows()).isEqualTo(ROWS);
                assertThat(job.rowsExported()).isBetween(0L, (long) ROWS);
                progress.add(job.rowsExported());
            }
            return job.status() == JobStatus.COMPLETED;
        });
        assertThat(progress).hasSizeGreaterThan(1);
        ExportJob job = service.find(id);
        assertThat(job.rowCount()).isEqualTo(ROWS);
        assertThat(job.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
        assertThat(files()).containsExactly(job.fileName());
        assertThat(Files.size(folder.resolve("jobs/files").resolve(job.fileName())))
                .isEqualTo(job.fileSizeBytes());
    }

    @Test
    void two_jobs_run_at_the_same_time_and_no_more_wait_than_may() {
        start(2, 2);
        List<Long> ids = Stream.of(1, 2, 3, 4).map(i -> create(null)).toList();
        assertThatThrownBy(() -> create(null)).isInstanceOfSatisfying(JobException.class, full -> {
            assertThat(full.reason()).isEqualTo(JobException.Reason.QUEUE_FULL);
            assertThat(full.retryAfter()).isPositive();
        });
        until(() -> service.state().running() == 2);
        ids.forEach(id -> assertThat(
                        await(id, JobStatus.COMPLETED, JobStatus.FAILED).status())
                .isEqualTo(JobStatus.COMPLETED));
        assertThat(create(1L)).isPositive();
    }

    @Test
    void deleting_a_running_job_ends_it_soon_and_leaves_no_file() throws IOException {
        start(1, 5);
        long id = create(null);
        await(id, JobStatus.RUNNING);
        long begun = System.nanoTime();
        service.delete(id);
        long next = create(1L);
        await(next, JobStatus.COMPLETED);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThatThrownBy(() -> service.find(id)).isInstanceOf(JobException.class);
        assertThat(files()).containsExactly(service.find(next).fileName());
    }

    @Test
    void a_job_waits_for_the_database_and_says_so_and_can_be_deleted_meanwhile() throws Exception {
        start(1, 5);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(1);
        Thread sync = new Thread(() -> turns.writing(() -> {
            writing.countDown();
            return await(written);
        }));
        sync.start();
        writing.await();
        long deleted = create(1L);
        long id = create(1L);
        until(() -> service.find(deleted).waitingFor() != null);
        assertThat(service.find(deleted).status()).isEqualTo(JobStatus.PENDING);
        service.delete(deleted);
        until(() -> service.find(id).waitingFor() != null);
        written.countDown();
        assertThat(await(id, JobStatus.COMPLETED).waitingFor()).isNull();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void files_expire_by_the_clock_but_not_while_somebody_downloads() throws IOException {
        start(1, 5);
        long id = create(1L);
        String name = await(id, JobStatus.COMPLETED).fileName();
        Download download = service.download(id);
        clock.advance(Duration.ofHours(24));
        assertThat(service.find(id).status()).isEqualTo(JobStatus.EXPIRED);
        assertThatThrownBy(() -> service.download(id))
                .isInstanceOfSatisfying(
                        JobException.class, gone -> assertThat(gone.reason()).isEqualTo(JobException.Reason.FILE_GONE));
        service.sweep();
        assertThat(files()).containsExactly(name);
        download.close();
        service.sweep();
        assertThat(files()).isEmpty();
        assertThat(service.list(new JobQuery(JobStatus.EXPIRED, null, 5, null)).jobs())
                .hasSize(1);
    }

    @Test
    void what_has_expired_while_nobody_served_is_swept_at_the_start() throws IOException {
        start(1, 5);
        long id = create(1L);
        await(id, JobStatus.COMPLETED);
        service.stop();
        clock.advance(Duration.ofDays(2));
        start(1, 5);
        assertThat(service.find(id).status()).isEqualTo(JobStatus.EXPIRED);
        assertThat(files()).isEmpty();
    }

    @Test
    void after_a_crash_running_jobs_have_failed_pending_ones_run_and_completed_ones_are_there() throws IOException {
        start(1, 5);
        long completed = create(1L);
        await(completed, JobStatus.COMPLETED);
        long running = create(null);
        long pending = create(2L);
        await(running, JobStatus.RUNNING);
        Path crashed = Files.createDirectories(folder.resolve("crashed"));
        copy(folder.resolve("jobs"), crashed);
        service.stop();
        Files.writeString(crashed.resolve("files/raw_events_20260208_103000_job2.csv"), "complete, but nobody knows");

        service = new ExportJobService(
                new JobSettings(
                        shared.resolve("large.db"), crashed, 1, 5, 1_000, Duration.ofHours(24), Duration.ofMinutes(1)),
                new ExportService(new DatabaseOpener()),
                turns,
                clock);
        service.start();
        service.resume();
        assertThat(service.find(running).status()).isEqualTo(JobStatus.FAILED);
        assertThat(service.find(running).errorMessage()).startsWith("interrupted");
        assertThat(await(pending, JobStatus.COMPLETED).rowCount()).isEqualTo(2);
        assertThat(service.find(completed).status()).isEqualTo(JobStatus.COMPLETED);
        try (Stream<Path> files = Files.list(crashed.resolve("files"))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            service.find(completed).fileName(),
                            service.find(pending).fileName());
        }
    }

    @Test
    void a_crafted_store_neither_serves_nor_removes_anything_outside() throws IOException {
        start(1, 5);
        long downloaded = create(1L);
        long deleted = create(1L);
        long swept = create(1L);
        await(swept, JobStatus.COMPLETED);
        String content = Files.readString(
                folder.resolve("jobs/files").resolve(service.find(downloaded).fileName()));
        Path outside = Files.writeString(folder.resolve("outside.csv"), content.replaceAll("[0-9]", "x"));
        Path link = folder.resolve("jobs/files").resolve(service.find(swept).fileName());
        service.stop();
        Path store = folder.resolve("jobs/jobs.jsonl");
        Files.writeString(
                store,
                Files.readString(store)
                        .replaceAll("\"file_name\":\"[^\"]*job2[^\"]*\"", "\"file_name\":\"" + outside + "\"")
                        .replaceAll("\"file_name\":\"[^\"]*\\.csv\"", "\"file_name\":\"../../outside.csv\""));
        Files.delete(link);
        Files.createSymbolicLink(link, outside);

        start(1, 5);
        try (Download download = service.download(downloaded)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) download.size());
            download.content().read(bytes, 0);
            assertThat(new String(bytes.array(), StandardCharsets.UTF_8)).isEqualTo(content);
        }
        assertThatThrownBy(() -> service.download(swept)).isInstanceOf(JobException.class);
        service.delete(deleted);
        clock.advance(Duration.ofHours(24));
        service.sweep();
        assertThat(files()).isEmpty();
        assertThat(outside).hasContent(content.replaceAll("[0-9]", "x"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    @Test
    void ending_interrupts_what_runs_and_keeps_what_waits() throws IOException {
        start(1, 5);
        long running = create(null);
        long pending = create(1L);
        await(running, JobStatus.RUNNING);
        service.stop();
        assertThat(service.find(running).status()).isEqualTo(JobStatus.FAILED);
        assertThat(service.find(pending).status()).isEqualTo(JobStatus.PENDING);
        assertThat(files()).isEmpty();
        start(1, 5);
        assertThat(await(pending, JobStatus.COMPLETED).rowCount()).isEqualTo(1);
    }

    @Test
    void the_same_key_gives_the_same_job_also_after_a_restart() {
        start(1, 5);
        JobCreation first = service.create(request(1L), "k");
        assertThat(service.create(request(1L), "k").job().id())
                .isEqualTo(first.job().id());
        await(first.job().id(), JobStatus.COMPLETED);
        service.stop();
        start(1, 5);
        JobCreation again = service.create(request(1L), "k");
        assertThat(again.replayed()).isTrue();
        assertThat(again.job().id()).isEqualTo(first.job().id());
        assertThatThrownBy(() -> service.create(request(2L), "k")).isInstanceOf(JobException.class);
    }

    @Test
    void of_too_many_files_the_oldest_is_removed_and_its_job_expired() throws IOException {
        start(settings(1, 5, 3));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(create(1L));
            await(ids.get(i), JobStatus.COMPLETED);
            clock.advance(Duration.ofMinutes(1));
        }
        Download download = service.download(ids.get(0));
        long fourth = create(1L);
        await(fourth, JobStatus.COMPLETED);
        assertThat(service.find(ids.get(0)).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(service.find(ids.get(1)).status()).isEqualTo(JobStatus.EXPIRED);
        assertThatThrownBy(() -> service.download(ids.get(1)))
                .isInstanceOfSatisfying(
                        JobException.class, gone -> assertThat(gone.reason()).isEqualTo(JobException.Reason.FILE_GONE));
        assertThat(files()).hasSize(3);
        download.close();
        await(create(1L), JobStatus.COMPLETED);
        assertThat(service.find(ids.get(0)).status()).isEqualTo(JobStatus.EXPIRED);
        assertThat(files()).hasSize(3);
    }

    @Test
    void of_too_many_jobs_the_oldest_that_are_done_with_are_forgotten() {
        start(settings(1, 5, 2));
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(create(1L));
            await(ids.get(i), JobStatus.COMPLETED);
            clock.advance(Duration.ofMinutes(1));
        }
        assertThatThrownBy(() -> service.find(ids.get(0))).isInstanceOf(JobException.class);
        assertThat(service.find(ids.get(2)).status()).isEqualTo(JobStatus.EXPIRED);
        assertThat(service.find(ids.get(5)).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_server_that_is_stopped_as_soon_as_it_is_up_leaves_pending_jobs_pending() throws Exception {
        start(1, 5);
        long running = create(null);
        long pending = create(1L);
        await(running, JobStatus.RUNNING);
        service.stop();
        for (int i = 0; i < 5; i++) {
            start(1, 5);
            service.stop();
        }
        service = new ExportJobService(settings(1, 5, 1_000), new ExportService(new DatabaseOpener()), turns, clock);
        service.start();
        assertThat(service.find(pending).status()).isEqualTo(JobStatus.PENDING);
        service.resume();
        assertThat(await(pending, JobStatus.COMPLETED).rowCount()).isEqualTo(1);
    }

    @Test
    void a_pending_job_that_waits_for_the_database_when_the_server_ends_stays_pending() throws Exception {
        start(1, 5);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch writing = new CountDownLatch(1);
        Thread sync = new Thread(() -> turns.writing(() -> {
            writing.countDown();
            return await(written);
        }));
        sync.start();
        writing.await();
        long id = create(1L);
        until(() -> service.find(id).waitingFor() != null);
        service.stop();
        written.countDown();
        sync.join();
        start(1, 5);
        assertThat(await(id, JobStatus.COMPLETED).rowCount()).isEqualTo(1);
    }

    @Test
    void a_loaded_table_is_exported_in_time_order_also_after_a_restart() throws IOException {
        Path file = folder.resolve("own.db");
        JobHistory.load(file);
        JobSettings settings =
                new JobSettings(file, folder.resolve("jobs"), 1, 5, 10, Duration.ofHours(24), Duration.ofMinutes(1));
        start(settings);
        long id = service.create(
                        new JobRequest(
                                new LoadedTable("Songs", "events"),
                                ExportFormat.CSV,
                                List.of("insert_id"),
                                null,
                                DateRange.parse("2026-01-01", "2026-01-31"),
                                false),
                        null)
                .job()
                .id();
        await(id, JobStatus.COMPLETED);
        service.stop();
        start(settings);
        try (Download download = service.download(id)) {
            assertThat(download.name()).isEqualTo("Songs_20260208_103000_job1.csv");
            ByteBuffer bytes = ByteBuffer.allocate((int) download.size());
            download.content().read(bytes, 0);
            assertThat(new String(bytes.array(), StandardCharsets.UTF_8).split("\\R"))
                    .containsExactly("insert_id", "i1", "i2");
        }
        assertThat(service.hasJobOf("Songs")).isTrue();
    }

    @Test
    void a_job_on_a_database_that_is_not_there_fails_without_telling_where() {
        start(new JobSettings(
                folder.resolve("none.db"),
                folder.resolve("jobs"),
                1,
                5,
                10,
                Duration.ofHours(24),
                Duration.ofMinutes(1)));
        ExportJob job = await(create(1L), JobStatus.FAILED);
        assertThat(job.errorMessage()).contains("no database yet").doesNotContain(folder.toString());
        assertThatThrownBy(() -> service.download(job.id()))
                .isInstanceOfSatisfying(JobException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(JobException.Reason.NO_FILE));
    }
}
